import 'server-only'
import type { Context } from '@/lib/server/context/context'
import type { Session } from './current'

const CHECK_EVERY_MS = 2_000

/**
 * Passes a stream on while its session is live; when the session ends first, the stream ends with `lastLines`.
 * @param signal aborts when the client disconnects; a stream that nobody reads is not cancelled by itself.
 */
export function whileLive(
  ctx: Context,
  { id }: Pick<Session, 'id'>,
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  lastLines: () => string,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  let over = false
  let ended = false
  const check = async () => {
    const lives = await isLive(ctx, id)
    if (over) return
    if (lives) timer = checkSoon()
    else {
      ended = true
      await leave()
    }
  }
  // A timer for each check, so that a slow database never has two at once.
  const checkSoon = () => setTimeout(() => void check(), CHECK_EVERY_MS).unref()
  let timer = checkSoon()
  const stop = () => {
    over = true
    clearTimeout(timer)
  }
  const leave = () => {
    stop()
    return reader.cancel().catch(() => undefined)
  }
  reader.closed.then(stop, stop)
  signal.addEventListener('abort', () => void leave(), { once: true })
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read()
        if (!done) return controller.enqueue(value)
        if (ended) controller.enqueue(new TextEncoder().encode(lastLines()))
        controller.close()
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  )
}

/** A database failure does not end the session; the next check decides. */
async function isLive({ sessions, clock, log }: Context, id: string): Promise<boolean> {
  try {
    return (await sessions.find(id, clock.now())) !== null
  } catch {
    log('error', 'session_not_checked')
    return true
  }
}
