import 'server-only'
import type { Shared } from '@/lib/server/process/shared'
import { releasedOnFailure, take } from './budgets'

export interface Reader {
  identity: string
  /** Aborts when the client disconnects; a stream that nobody reads is not cancelled by itself. */
  signal: AbortSignal
}

/** Counts as one of `kind` from before `make` until the body was sent or the client left. @throws as `make`; Problem 429 */
export async function streamed(
  ctx: { shared: Shared },
  kind: 'streams' | 'inventories' | 'diagnoses',
  { identity, signal }: Reader,
  make: () => Promise<ReadableStream<Uint8Array>>,
): Promise<ReadableStream<Uint8Array>> {
  const release = take(ctx, kind, identity)
  const reader = (await releasedOnFailure(release, make())).getReader()
  const leave = () => {
    release()
    return reader.cancel().catch(() => undefined)
  }
  reader.closed.catch(release)
  if (signal.aborted) await leave()
  else signal.addEventListener('abort', () => void leave(), { once: true })
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read()
        if (!done) return controller.enqueue(value)
        release()
        controller.close()
      },
      cancel: leave,
    },
    // Read only when the last chunk was taken, so that the end of it means that it was sent.
    { highWaterMark: 0 },
  )
}
