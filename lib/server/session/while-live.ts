import 'server-only'
import type { Context } from '@/lib/server/context/context'
import type { Session } from './current'

/** How long an ended session may go on reading a stream that was begun before, ms. */
const LOOK_EVERY_MS = 2_000

/**
 * Hands a stream on for as long as its session lives. One that ends, by time, by a sign-out or on another instance,
 * gets the text of `farewell` and nothing more; a stream that has come to its own end gets none.
 * @param signal aborts when the client has gone; a stream that nobody reads is not cancelled by itself.
 */
export function whileLive(
  ctx: Context,
  { id }: Pick<Session, 'id'>,
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  farewell: () => string,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  let over = false
  let ended = false
  const look = async () => {
    const lives = await isLive(ctx, id)
    if (over) return
    if (lives) timer = lookSoon()
    else {
      ended = true
      await leave()
    }
  }
  // One look after the other, however slow the database is.
  const lookSoon = () => setTimeout(() => void look(), LOOK_EVERY_MS).unref()
  let timer = lookSoon()
  const stop = () => {
    over = true
    clearTimeout(timer)
  }
  const leave = () => {
    stop()
    return reader.cancel().catch(() => undefined)
  }
  // Its own end or failure, also while nobody takes anything.
  reader.closed.then(stop, stop)
  signal.addEventListener('abort', () => void leave(), { once: true })
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read()
        if (!done) return controller.enqueue(value)
        if (ended) controller.enqueue(new TextEncoder().encode(farewell()))
        controller.close()
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  )
}

/** A database that does not answer says nothing about the session; the next look will. */
async function isLive({ sessions, clock, log }: Context, id: string): Promise<boolean> {
  try {
    return (await sessions.find(id, clock.now())) !== null
  } catch {
    log('error', 'session_not_seen')
    return true
  }
}
