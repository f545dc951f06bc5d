import { onlineManager, type QueryClient, queryOptions } from '@tanstack/react-query'
import { ApiProblem, isSignedOut, NoAnswer, request, send } from '@/lib/client/fetch/api'
import { linesOf } from '@/lib/client/fetch/lines'
import { orNull, shaped } from '@/lib/client/fetch/shape'
import type {
  DoneEvent,
  InventoryEvent,
  NumbersEvent,
  ProblemEvent,
  ProgressEvent,
  Snapshot,
} from '@/lib/domain/inventory/events'
import { SNAPSHOT_PATH } from '@/lib/domain/inventory/snapshot-path'
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
const SNAPSHOT_KEY = ['inventory'] as const

/** Delay between updates, ms: longer for a longer list, as long as what came meanwhile is drawn in one short task. */
function pause(numbers: number): number {
  return Math.min(300, 100 + numbers / 50)
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

/** null: an event of a newer server. */
function parseLine(line: string): InventoryEvent | null {
  let event: unknown
  try {
    event = JSON.parse(line)
  } catch {
    throw new NoAnswer('Reading was interrupted. The list may be incomplete.')
  }
  if (!isEvent(event)) return null
  if (event.type === 'problem' && event.code === 'signed_out') throw new ApiProblem(401, 'signed_out', event.detail)
  return event
}

const SILENT = 'The app stopped sending. The list may be incomplete.'

/** Passes events on in groups, the first at once. @throws ApiProblem, or NoAnswer if the stream ends without `done`. */
async function readNumbers(
  path: string,
  signal: AbortSignal,
  onEvents: (events: InventoryEvent[]) => void,
): Promise<void> {
  const response = await send(path, { signal })
  if (!response.body) throw new NoAnswer('The app sent no list. Try again.')
  let waiting: InventoryEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let numbers = 0
  let ended = false
  const flush = () => {
    timer = undefined
    if (waiting.length > 0 && !signal.aborted) onEvents(waiting)
    waiting = []
  }
  try {
    for await (const line of linesOf(response.body, SILENT)) {
      const event = parseLine(line)
      if (!event) continue
      waiting.push(event)
      ended = event.type === 'done'
      timer ??= setTimeout(flush, numbers === 0 ? 0 : pause(numbers))
      if (event.type === 'numbers') numbers += event.numbers.length
    }
  } catch (error) {
    if (signal.aborted || error instanceof ApiProblem || error instanceof NoAnswer) throw error
    throw new NoAnswer('The connection broke while reading. The list may be incomplete.')
  } finally {
    clearTimeout(timer)
    flush()
  }
  if (!ended) throw new NoAnswer('Reading ended too early. The list may be incomplete.')
}

/** Whether the connection was lost and came back: a stream from before may be dead. */
function watchConnection(): { cameBack: () => boolean; stop: () => void } {
  let lost = !onlineManager.isOnline()
  const stop = onlineManager.subscribe((online) => {
    lost ||= !online
  })
  return { cameBack: () => lost && onlineManager.isOnline(), stop }
}

/** The scan: its data grows while it is fetching, and it restarts when a lost connection is back. */
export const numbersQuery = queryOptions({
  queryKey: NUMBERS_KEY,
  queryFn: async ({ client, signal }): Promise<InventoryState> => {
    for (;;) {
      const connection = watchConnection()
      try {
        updateNumbers(client, begin)
        await readNumbers('/api/numbers', signal, (events) => updateNumbers(client, (state) => take(state, events)))
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

const SNAPSHOT_TIMEOUT_MS = 5_000

/** The last complete inventory of this identity; null: none. */
export const inventoryQuery = queryOptions({
  queryKey: SNAPSHOT_KEY,
  queryFn: async ({ signal }): Promise<Snapshot | null> => {
    return request(SNAPSHOT_PATH, orNull(shaped<Snapshot>('readAt', 'accounts')), {
      signal: AbortSignal.any([signal, AbortSignal.timeout(SNAPSHOT_TIMEOUT_MS)]),
      preloaded: true,
    })
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: false,
  structuralSharing: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
})

function failedAgain(state: InventoryState, { kind, id }: Part, detail: string): InventoryState {
  const problems = state.problems.map((problem) => {
    const part = partOf(problem)
    return part?.kind === kind && part.id === id ? { ...problem, detail } : problem
  })
  return { ...state, problems }
}

/** Reads failed parts again, four at a time. Resolves when `signal` is aborted. @throws ApiProblem `signed_out` */
export async function readParts(client: QueryClient, parts: readonly Part[], signal: AbortSignal): Promise<void> {
  const waiting = [...parts]
  const over = new AbortController()
  const either = AbortSignal.any([signal, over.signal])
  const read = async (part: Part) => {
    const events: InventoryEvent[] = []
    try {
      await readNumbers(`/api/numbers?${part.kind}Id=${encodeURIComponent(part.id)}`, either, (read) => {
        events.push(...read)
      })
      updateKnownNumbers(client, (state) => takePart(state, part, events))
    } catch (error) {
      if (either.aborted) return
      if (isSignedOut(error) || !(error instanceof Error)) throw error
      updateKnownNumbers(client, (state) => failedAgain(state, part, error.message))
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

export function updateNumbers(client: QueryClient, step: (state: InventoryState) => InventoryState): void {
  if (client.getQueryData(NUMBERS_KEY) === undefined) client.setQueryData(NUMBERS_KEY, step(EMPTY_STATE))
  else updateKnownNumbers(client, step)
}

/** Does nothing before anything was read, and leaves the error of a failed scan, which `setQueryData` would clear. */
export function updateKnownNumbers(client: QueryClient, step: (state: InventoryState) => InventoryState): void {
  const query = client.getQueryCache().find<InventoryState>({ queryKey: NUMBERS_KEY, exact: true })
  const data = query?.state.data && step(query.state.data)
  if (data && data !== query.state.data) query.setState({ data })
}

/** Changes are shown against this inventory from now on, also after a reload. */
export function dismissChanges(client: QueryClient, shown: Snapshot): void {
  client.setQueryData<Snapshot | null>(SNAPSHOT_KEY, shown)
  // If it fails, the changes show once more.
  const call = { method: 'POST', body: { readAt: shown.readAt } } as const
  request('/api/inventory/dismiss', shaped<{ dismissed: boolean }>('dismissed'), call).catch(() => undefined)
}
