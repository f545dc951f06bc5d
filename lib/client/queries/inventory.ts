import { onlineManager, type QueryClient, queryOptions } from '@tanstack/react-query'
import { ApiProblem, isSignedOut, NoAnswer, request, send } from '@/lib/client/fetch/api'
import { orNull, shaped } from '@/lib/client/fetch/shape'
import type {
  DoneEvent,
  InventoryEvent,
  NumbersEvent,
  ProblemEvent,
  ProgressEvent,
  Snapshot,
} from '@/lib/domain/inventory/events'
import {
  begin,
  EMPTY_STATE,
  type InventoryState,
  type Part,
  partOf,
  take,
  takePart,
} from '@/lib/domain/inventory/state'

const NUMBERS_KEY = ['numbers'] as const
const KEPT_KEY = ['inventory'] as const

/** A batch at most every 100 ms; the more there is to draw again, the less often, up to once a second. */
function pause(numbers: number): number {
  return Math.min(1000, 100 + numbers / 50)
}

const EVENTS: Record<InventoryEvent['type'], (value: unknown) => value is InventoryEvent> = {
  progress: shaped<ProgressEvent>('accountsFound', 'accountsRead', 'accountsFailed'),
  numbers: shaped<NumbersEvent>('account', 'numbers'),
  problem: shaped<ProblemEvent>('code', 'detail'),
  done: shaped<DoneEvent>('complete', 'accountsFound', 'accountsRead', 'accountsFailed', 'readAt'),
}
const isEvent = (value: unknown): value is InventoryEvent =>
  shaped<{ type: string }>('type')(value) &&
  Object.entries(EVENTS).some(([type, isOfType]) => type === value.type && isOfType(value))

/** null: an event of a newer server that this page does not know. */
function parseLine(line: string): InventoryEvent | null {
  let event: unknown
  try {
    event = JSON.parse(line)
  } catch {
    throw new NoAnswer('Reading was cut off. What is shown may be incomplete.')
  }
  if (!isEvent(event)) return null
  if (event.type === 'problem' && event.code === 'signed_out') throw new ApiProblem(401, 'signed_out', event.detail)
  return event
}

/** The server lets a line come at least every 10 s; three that are missing mean that nobody is there, ms. */
const SILENCE = 35_000

type Reader = ReadableStreamDefaultReader<Uint8Array>

/** The next piece of a stream. @throws NoAnswer when nothing comes: after a sleep, or a change of networks, nothing ever will. */
async function readOn(reader: Reader): ReturnType<Reader['read']> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    const stop = () => reject(new NoAnswer('Nothing came from the app any more. What is shown may be incomplete.'))
    timer = setTimeout(stop, SILENCE)
  })
  try {
    return await Promise.race([reader.read(), silence])
  } finally {
    clearTimeout(timer)
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let rest = ''
  try {
    for (let chunk = await readOn(reader); !chunk.done; chunk = await readOn(reader)) {
      const lines = (rest + decoder.decode(chunk.value, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim()) yield line
    }
    if (rest.trim()) yield rest
  } finally {
    // A reader that stops early tells the server so; one that is done has nothing to cancel.
    void reader.cancel().catch(() => undefined)
  }
}

/**
 * Reads `GET /api/numbers` to its last line and hands the events on in batches, the first one at once.
 * @throws ApiProblem, or NoAnswer when the stream ends without `done`.
 */
async function readNumbers(
  path: string,
  signal: AbortSignal,
  onBatch: (events: InventoryEvent[]) => void,
): Promise<void> {
  const response = await send(path, { signal })
  if (!response.body) throw new NoAnswer('The app sent no list. Try again.')
  let batch: InventoryEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let numbers = 0
  let ended = false
  const flush = () => {
    timer = undefined
    if (batch.length > 0 && !signal.aborted) onBatch(batch)
    batch = []
  }
  try {
    for await (const line of linesOf(response.body)) {
      const event = parseLine(line)
      if (!event) continue
      batch.push(event)
      ended = event.type === 'done'
      timer ??= setTimeout(flush, numbers === 0 ? 0 : pause(numbers))
      if (event.type === 'numbers') numbers += event.numbers.length
    }
  } catch (error) {
    if (signal.aborted || error instanceof ApiProblem || error instanceof NoAnswer) throw error
    throw new NoAnswer('The connection broke while reading. What is shown may be incomplete.')
  } finally {
    clearTimeout(timer)
    flush()
  }
  if (!ended) throw new NoAnswer('Reading ended too early. What is shown may be incomplete.')
}

/** Whether the connection went and came back while this was watched: a stream from before it may be dead. */
function watchConnection(): { cameBack: () => boolean; stop: () => void } {
  let went = !onlineManager.isOnline()
  const stop = onlineManager.subscribe((online) => {
    went ||= !online
  })
  return { cameBack: () => went && onlineManager.isOnline(), stop }
}

/**
 * The fresh scan. Its data grows while it is fetching; rows of an earlier scan stay until they are read again. One that
 * the connection cut off is begun anew when the connection is back, without anybody's doing.
 */
export const numbersQuery = queryOptions({
  queryKey: NUMBERS_KEY,
  queryFn: async ({ client, signal }): Promise<InventoryState> => {
    const update = (step: (state: InventoryState) => InventoryState) =>
      client.setQueryData<InventoryState>(NUMBERS_KEY, (state) => step(state ?? EMPTY_STATE))
    for (;;) {
      const connection = watchConnection()
      try {
        update(begin)
        await readNumbers('/api/numbers', signal, (events) => update((state) => take(state, events)))
        return client.getQueryData<InventoryState>(NUMBERS_KEY) ?? EMPTY_STATE
      } catch (error) {
        if (!(error instanceof NoAnswer && connection.cameBack())) throw error
      } finally {
        connection.stop()
      }
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: false,
  structuralSharing: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: ({ state }) => state.error instanceof NoAnswer && 'always',
})

/** A list from before is not worth waiting for longer than this, ms. */
const KEPT_PATIENCE = 5_000

/** The last complete inventory that the server kept for this identity; null if there is none. */
export const inventoryQuery = queryOptions({
  queryKey: KEPT_KEY,
  queryFn: async ({ signal }): Promise<Snapshot | null> => {
    // Asked this way, “none” is no error: browsers write each 404 into the console.
    return request('/api/inventory?none=null', orNull(shaped<Snapshot>('readAt', 'accounts')), {
      signal: AbortSignal.any([signal, AbortSignal.timeout(KEPT_PATIENCE)]),
      background: true,
    })
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: false,
  structuralSharing: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
})

/** A part's problem says from now on why it failed the last time. */
function failedAgain(state: InventoryState, { kind, id }: Part, detail: string): InventoryState {
  const problems = state.problems.map((problem) => {
    const part = partOf(problem)
    return part?.kind === kind && part.id === id ? { ...problem, detail } : problem
  })
  return { ...state, problems }
}

/**
 * Reads failed parts again, four at a time, and merges each as it comes. One that fails again stays a problem, and keeps
 * no other from being read. Ends quietly when `signal` is aborted. @throws ApiProblem `signed_out`; nothing is read on then.
 */
export async function readParts(client: QueryClient, parts: readonly Part[], signal: AbortSignal): Promise<void> {
  const waiting = [...parts]
  const over = new AbortController()
  const either = AbortSignal.any([signal, over.signal])
  const update = (step: (state: InventoryState) => InventoryState) =>
    client.setQueryData<InventoryState>(NUMBERS_KEY, (state) => state && step(state))
  const read = async (part: Part) => {
    const events: InventoryEvent[] = []
    try {
      await readNumbers(`/api/numbers?${part.kind}Id=${encodeURIComponent(part.id)}`, either, (batch) => {
        events.push(...batch)
      })
      update((state) => takePart(state, part, events))
    } catch (error) {
      if (either.aborted) return
      if (isSignedOut(error) || !(error instanceof Error)) throw error
      update((state) => failedAgain(state, part, error.message))
    }
  }
  const work = async () => {
    for (let part = waiting.shift(); part && !either.aborted; part = waiting.shift()) await read(part)
  }
  try {
    await Promise.all(Array.from({ length: Math.min(4, parts.length) }, work))
  } finally {
    over.abort()
  }
}

/** Changes what is known by what a return told. */
export function updateNumbers(client: QueryClient, step: (state: InventoryState) => InventoryState): void {
  client.setQueryData<InventoryState>(NUMBERS_KEY, (state) => step(state ?? EMPTY_STATE))
}

/** The same where a list is known; before anything is read there is nothing to change. */
export function updateKnownNumbers(client: QueryClient, step: (state: InventoryState) => InventoryState): void {
  client.setQueryData<InventoryState>(NUMBERS_KEY, (state) => state && step(state))
}

/** From now on changes are told against this inventory, also after the page is loaded again. */
export function dismissChanges(client: QueryClient, shown: Snapshot): void {
  client.setQueryData<Snapshot | null>(KEPT_KEY, shown)
  // Should it fail, the changes are told once more: too much rather than too little.
  const call = { method: 'POST', body: { readAt: shown.readAt } } as const
  request('/api/inventory/dismiss', shaped<{ dismissed: boolean }>('dismissed'), call).catch(() => undefined)
}
