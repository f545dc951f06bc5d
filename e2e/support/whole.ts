import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { PostgresServer } from '../../lib/server/db/testing/postgres.ts'
import type { SandboxControl } from '../vida-sandbox/control.ts'
import { type Answer, type ApiClient, apiClient } from './api-client.ts'
import type { BatchBody, HistoryBody } from './history.ts'
import { instancesOn } from './instances.ts'
import { type Place, placesIn, RETURN, type ReturnBody } from './returns.ts'
import { startRoutingProxy } from './routing-proxy.ts'
import { secondBuild } from './second-build.ts'
import type { AppProcess } from './servers.ts'
import { newFolder, openSandbox } from './test-app.ts'

export interface WholeSize {
  /** Of the sandbox: organizations, accounts of each, numbers of each. */
  hierarchy: readonly [number, number, number]
  singles: number
  batches: number
  /** Numbers of a batch. */
  batchSize: number
}

export interface WholeResult {
  confirmed: number
  returned: number
  /** Steps that an instance wrote for one that had died. */
  takenOver: number
  continued: number
  seconds: number
  /** What must be empty: numbers, and for each what is wrong with it. */
  faults: string[]
}

const SINGLES_AT_ONCE = 3
const BATCHES_AT_ONCE = 4
const LEAST_WAITING = 2
const MOST_TRIES = 400

/** Nothing was sent, because an instance or the database was away for a moment: a person presses again. */
const PASSING = new Set(['stopping', 'database_unavailable', 'ledger_unavailable', 'too_many_returns'])

/** The answer, once a request was not cut off; the same one is repeated, as the page does. */
async function answerOf<Body>(ask: () => Promise<Answer<Body>>): Promise<Answer<Body>> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask()
    } catch (error) {
      if (tries === MOST_TRIES) throw error
    }
    await delay(100)
  }
}

async function pressed<Body extends { code?: string }>(
  ask: (requestId: string) => Promise<Answer<Body>>,
): Promise<Answer<Body>> {
  for (let tries = 1; ; tries += 1) {
    const requestId = randomUUID()
    const answer = await answerOf(() => ask(requestId))
    if (!PASSING.has(answer.body.code ?? '') || tries === MOST_TRIES) return answer
    await delay(100)
  }
}

async function inTurn<Item>(items: Iterable<Item>, atOnce: number, act: (item: Item) => Promise<void>): Promise<void> {
  const rest = items[Symbol.iterator]()
  const worker = async () => {
    for (let next = rest.next(); !next.done; next = rest.next()) await act(next.value)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

interface Batches {
  batches?: { state: string }[]
  code?: string
}

interface BatchEnd {
  /** How often it was continued. */
  continued: number
  /** Numbers that its instance had taken and not recorded when it ended: without a receipt, the batch says so. */
  notSent: string[]
}

/** Runs a batch to its end, and continues it whenever it is paused. */
async function runBatch(client: ApiClient, returns: readonly Place[]): Promise<BatchEnd> {
  const begun = await pressed((requestId) =>
    client.post<BatchBody & { code?: string }>('/api/batches', { returns, note: null, requestId }),
  )
  if (begun.status !== 200) throw new Error(`a batch was refused: ${begun.status} ${begun.body.code}`)
  const { id } = begun.body
  for (let continued = 0; ; ) {
    const { body } = await pressed(() => client.get<Batches>(`/api/batches?ids=${id}`))
    const state = body.batches?.[0]?.state
    if (state === 'ended') {
      const { items } = (await pressed(() => client.get<BatchBody & { code?: string }>(`/api/batches/${id}`))).body
      const without = items.filter(({ outcome, receiptId }) => outcome === 'not_sent' && receiptId === null)
      return { continued, notSent: without.map(({ number }) => number) }
    }
    if (state === 'paused') {
      const { status } = await pressed(() => client.post<{ code?: string }>(`/api/batches/${id}/continue`, {}))
      if (status === 200) continued += 1
    }
    await delay(500)
  }
}

/** What waits for Vida's answer while `act` begins, gets it after that. */
async function whileReturnsWait(control: SandboxControl, act: () => Promise<unknown>): Promise<void> {
  await control.fault({ match: RETURN, effect: { waitAfterWork: true } })
  await control.waitFor({ ...RETURN, worked: true, settled: false }, LEAST_WAITING)
  const acting = act()
  await control.clearFaults()
  await acting
}

async function sent(control: SandboxControl, count: number): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await control.waitFor(RETURN, count)
      return
    } catch (error) {
      // Each wait is 30 s at most.
      if (tries === 20) throw error
    }
  }
}

async function historyOf(client: ApiClient, query: string): Promise<HistoryBody['returns']> {
  const records: HistoryBody['returns'] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: string = `/api/returns?limit=200${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
    const { body } = await answerOf(() => client.get<HistoryBody>(page))
    records.push(...body.returns)
    cursor = body.nextCursor
  }
  return records
}

/**
 * Whether a later read of an account says more than the history does. An orphan is settled when its lease is over, by the next
 * request. It stays unknown if it was never sent: its instance was killed between the event `sending` and the request.
 */
async function mayStillSettle(control: SandboxControl, client: ApiClient): Promise<boolean> {
  const unsettled = await historyOf(client, '&outcome=open,unknown')
  const held = new Set((await control.numbers()).map(({ number }) => number))
  return unsettled.some(({ number, outcome }) => outcome === 'open' || !held.has(number))
}

/** What happens to the instances and the database meanwhile, one after the other. */
function disturbances(
  server: PostgresServer,
  instances: Awaited<ReturnType<typeof instancesOn>>,
  live: AppProcess[],
  build: string,
): (() => Promise<unknown>)[] {
  const replace = (old: AppProcess, next: AppProcess) => live.splice(live.indexOf(old), 1, next)
  return [
    async () => {
      const killed = live.find((app) => /"state":"running".*"event":"batch"/.test(app.output())) ?? live[0]
      await killed?.kill()
      if (killed) replace(killed, await instances.start())
    },
    async () => {
      const [stopped] = live
      await stopped?.stop()
      live.shift()
    },
    async () => {
      const [old] = live
      await old?.stop()
      if (old) replace(old, await instances.start({}, build))
    },
    () => server.restart(),
  ]
}

/** Three instances and everything that may happen to them, while one person returns numbers through a balancer. */
export async function runWhole(server: PostgresServer, size: WholeSize): Promise<WholeResult> {
  const began = performance.now()
  const folder = newFolder()
  const [organizations, accounts, numbers] = size.hierarchy.map(String)
  const sandbox = await openSandbox([
    ...['--organizations', `${organizations}`, '--accounts', `${accounts}`, '--numbers', `${numbers}`],
  ])
  const instances = await instancesOn(server, sandbox.url, folder)
  const live: AppProcess[] = []
  let turn = 0
  const proxy = await startRoutingProxy(() => {
    turn += 1
    return live[turn % live.length]?.url ?? ''
  })
  try {
    for (let count = 0; count < 3; count += 1) live.push(await instances.start())
    const build = join(folder, 'second')
    secondBuild(build)

    const { control } = sandbox
    const client = await apiClient(proxy.url, sandbox.tokens.reseller)
    await client.events()
    const all = await placesIn(control)
    const singles = all.slice(0, size.singles)
    const batches = Array.from({ length: size.batches }, (_, index) =>
      all.slice(size.singles + index * size.batchSize, size.singles + (index + 1) * size.batchSize),
    )
    const confirmed = [...singles, ...batches.flat()]

    let continued = 0
    const notSent = new Set<string>()
    const working = Promise.all([
      inTurn(singles, SINGLES_AT_ONCE, async (place) => {
        await pressed((requestId) => client.post<ReturnBody>('/api/numbers/return', { ...place, requestId }))
      }),
      inTurn(batches, BATCHES_AT_ONCE, async (returns) => {
        const end = await runBatch(client, returns)
        continued += end.continued
        for (const number of end.notSent) notSent.add(number)
      }),
    ])
    const events = disturbances(server, instances, live, build)
    const happening = inTurn(events.entries(), 1, async ([index, event]) => {
      await sent(control, Math.floor((confirmed.length * (index + 1)) / (events.length + 2)))
      // A reading that may be cut off.
      const reading = client.events().catch(() => [])
      await whileReturnsWait(control, event)
      await reading
    })
    await Promise.all([working, happening])

    while (await mayStillSettle(control, client)) await delay(500)
    const records = await historyOf(client, '')
    const [last] = (await client.events()).slice(-1)
    const faults = await faultsOf(control, confirmed, records, notSent)
    const held = (await placesIn(control)).length
    if (last?.numbers !== held || !last.complete) faults.push(`the list has ${last?.numbers} numbers of ${held}`)
    return {
      confirmed: confirmed.length,
      returned: records.filter(({ outcome }) => outcome === 'returned').length,
      takenOver: records.flatMap(({ events }) => events).filter(({ how }) => how === 'server_stopped').length,
      continued,
      seconds: (performance.now() - began) / 1000,
      faults,
    }
  } finally {
    await proxy.close()
    await instances.stop()
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Unknown, because its instance ended after the event `sending`: nobody can say that it did not send. */
function endedBeforeSent({ outcome, events }: HistoryBody['returns'][number]): boolean {
  return outcome === 'unknown' && events[0]?.how === 'sending' && events[1]?.how === 'server_stopped'
}

/** Compares what was confirmed and its receipts with what Vida got and holds. */
async function faultsOf(
  control: SandboxControl,
  confirmed: readonly Place[],
  records: HistoryBody['returns'],
  notSent: ReadonlySet<string>,
): Promise<string[]> {
  const posts = Map.groupBy(
    (await control.log()).entries.filter(({ path }) => path.endsWith(RETURN.path)),
    ({ number }) => String(number),
  )
  const receipts = Map.groupBy(records, ({ number }) => number)
  const held = new Set((await control.numbers()).map(({ number }) => number))
  const wrong = confirmed.flatMap(({ number }) => {
    const sent = posts.get(number)?.length ?? 0
    const found = receipts.get(number) ?? []
    const says = found.filter(({ outcome }) => outcome !== 'not_sent')
    const isTrue = held.has(number)
      ? sent === 0 && says.every(endedBeforeSent)
      : sent === 1 && `${says.map(({ outcome }) => outcome)}` === 'returned'
    const facts = `sent ${sent} times, ${held.has(number) ? 'held' : 'gone'}, receipts: ${found.map(({ outcome }) => outcome)}`
    return (found.length > 0 || notSent.has(number)) && isTrue ? [] : [`${number} ${facts}`]
  })
  const known = new Set(confirmed.map(({ number }) => number))
  const strangers = [...posts.keys(), ...receipts.keys()].filter((number) => !known.has(number))
  return [...wrong, ...strangers.map((number) => `${number} was not confirmed`)]
}
