import type { SandboxControl } from '../vida-sandbox/control.ts'
import type { ApiClient, StreamEvent } from './api-client.ts'

export const RESELLER = '70001'

/** What Vida holds below `rootId`: every agent account, and organizations with numbers of their own. */
export async function expectedInventory(control: SandboxControl, rootId = RESELLER): Promise<Record<string, string[]>> {
  const accounts = await control.accounts()
  const parents = new Map(accounts.map(({ id, parentId }) => [id, parentId]))
  const below = (id: string | null | undefined): boolean => id === rootId || (id != null && below(parents.get(id)))
  const held = new Map<string, string[]>()
  for (const { id, kind } of accounts) if (kind === 'account' && below(id)) held.set(id, [])
  for (const { accountId, number } of await control.numbers()) {
    if (below(accountId)) held.set(accountId, [...(held.get(accountId) ?? []), number])
  }
  return sorted(held)
}

/** The content of the `numbers` events, in the form of `expectedInventory`. */
export function inventoryIn(events: readonly StreamEvent[]): Record<string, string[]> {
  return sorted(
    events.flatMap(({ type, account, numbers }) =>
      type === 'numbers' && account && Array.isArray(numbers) ? [[account.id, numbers.map((each) => each.number)]] : [],
    ),
  )
}

interface Holding {
  account: { id: string; name: string }
  numbers: { number: string }[]
}

export interface SnapshotBody {
  code?: string
  readAt: string
  accounts: Holding[]
  before?: { readAt: string; accounts: Holding[]; added: string[] }
}

/** The numbers of the snapshot, in the form of `expectedInventory`; null for 404. */
export async function snapshotOf(client: ApiClient): Promise<Record<string, string[]> | null> {
  const { status, body } = await client.get<SnapshotBody>('/api/inventory')
  if (status === 404) return null
  return sorted(body.accounts.map(({ account, numbers }) => [account.id, numbers.map(({ number }) => number)]))
}

export async function failReads(
  control: SandboxControl,
  targetAccountId: string,
  how: number | 'hang' = 500,
): Promise<void> {
  const answer = how === 'hang' ? ({ kind: 'hang' } as const) : ({ kind: 'status', status: how } as const)
  await control.fault({ match: { path: 'phoneNumbers', targetAccountId }, effect: { answer } })
}

function sorted(entries: Iterable<[string, string[]]>): Record<string, string[]> {
  return Object.fromEntries([...entries].map(([id, numbers]) => [id, numbers.toSorted()] as const).toSorted())
}

/** Each problem as `code id`; without an id it concerns the whole scan. */
export function problemsOf(events: readonly StreamEvent[]): string[] {
  return events
    .filter(({ type }) => type === 'problem')
    .map(({ code, account, organization }) => `${code} ${account?.id ?? organization?.id ?? ''}`.trim())
    .toSorted()
}

export function lastOf(events: readonly StreamEvent[]): StreamEvent {
  const last = events.at(-1)
  if (last?.type !== 'done') throw new Error(`the last line is no done: ${JSON.stringify(last)}`)
  return last
}

export interface OpenStream<Event = StreamEvent> {
  until: (match: (event: Event) => boolean) => Promise<Event[]>
  rest: () => Promise<Event[]>
  close: () => void
}

export function openStream(client: ApiClient, query = ''): Promise<OpenStream> {
  return openLines((signal) => client.raw(`/api/numbers${query}`, { signal }))
}

export async function openLines<Event>(open: (signal: AbortSignal) => Promise<Response>): Promise<OpenStream<Event>> {
  const gone = new AbortController()
  const { body } = await open(gone.signal)
  if (!body) throw new Error('the answer has no body')
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async (): Promise<Event | null> => {
    while (!text.includes('\n')) {
      const { done, value } = await reader.read()
      if (done) return null
      text += value
    }
    const end = text.indexOf('\n')
    const line = text.slice(0, end)
    text = text.slice(end + 1)
    return JSON.parse(line) as Event
  }
  const until = async (match: (event: Event) => boolean) => {
    const events: Event[] = []
    for (let event = await next(); event !== null; event = await next()) {
      events.push(event)
      if (match(event)) return events
    }
    return events
  }
  return { until, rest: () => until(() => false), close: () => gone.abort() }
}

export async function seesMore(control: SandboxControl, withinMs: number): Promise<boolean> {
  const { total } = await control.log()
  return control.waitFor({}, total + 1, withinMs).then(
    () => true,
    () => false,
  )
}
