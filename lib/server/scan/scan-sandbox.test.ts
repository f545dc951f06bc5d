import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Answer } from '@/e2e/vida-sandbox/faults'
import { type Sandbox, startSandbox } from '@/e2e/vida-sandbox/sandbox'
import type { InventoryEvent } from '@/lib/domain/inventory/events'
import { createVidaClient } from '@/lib/server/vida/client'
import { Pace } from '@/lib/server/vida/pace'
import { serve, testClient } from '@/lib/server/vida/testing/server'
import { agentAccount } from './events'
import { scan } from './scan'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
beforeEach(() => sandbox.control.reset())
afterAll(() => sandbox.close())

/** A scan of the sandbox with time-outs (ms) short enough for a test, and long enough for the answers of a busy machine. */
async function scanned({ attemptMs = 900, totalMs = 2_000 } = {}) {
  const events: InventoryEvent[] = []
  const client = createVidaClient({
    baseUrl: sandbox.url,
    token: sandbox.tokens.reseller,
    pace: new Pace(8, { backoffMs: 20, leastPauseMs: 10 }),
    deadlines: { attemptMs, totalMs, backoffMs: 5 },
  })
  const result = await scan({
    client,
    scope: { kind: 'root', root: { kind: 'reseller', id: '70001', name: 'Northwind Voice' } },
    signal: new AbortController().signal,
    listsOffered: false,
    emit: (event) => void events.push(event),
  })
  const problems = events.flatMap((event) =>
    event.type === 'problem' ? [`${event.code} ${event.account?.id ?? event.organization?.id ?? ''}`.trim()] : [],
  )
  return { result, problems: problems.toSorted() }
}

it.each<[string, Answer, string, object?]>([
  ['hang', { kind: 'hang' }, 'read_timed_out'],
  ['drip', { kind: 'drip', everyMs: 50 }, 'read_timed_out'],
  ['answer 429 for ever', { kind: 'status', status: 429 }, 'read_busy', { attemptMs: 1_000, totalMs: 1_000 }],
])(
  'does not wait for lists and accounts that %s: they are named, and the rest is read',
  async (_name, answer, code, deadlines) => {
    const { control } = sandbox
    await control.fault({ match: { path: 'phoneNumbers', targetAccountId: '100001' }, effect: { answer } })
    await control.fault({ match: { path: 'listAccounts', targetOrganizationId: '8003' }, effect: { answer } })
    const { result, problems } = await scanned(deadlines)
    expect(problems).toEqual([`${code} 100001`, `${code} 8003`])
    expect(result).toMatchObject({ complete: false, accountsFailed: 1, accountsRead: 37 })
  },
)

it('ends with one problem where Vida answers nothing at all', async () => {
  await sandbox.control.fault({ effect: { answer: { kind: 'hang' } } })
  const { result, problems } = await scanned()
  expect(problems).toEqual(['read_timed_out'])
  expect(result).toMatchObject({ complete: false, accountsFound: 0 })
})

it('reads everything through faults of every kind that pass', async () => {
  const passing: Answer[] = [
    { kind: 'drop' },
    { kind: 'status', status: 503 },
    { kind: 'status', status: 429 },
    { kind: 'truncated', by: 'connection' },
    { kind: 'stale-keep-alive' },
  ]
  for (const [index, answer] of passing.entries()) {
    await sandbox.control.fault({ match: { path: 'phoneNumbers' }, skip: 6 * index, times: 3, effect: { answer } })
  }
  const { result, problems } = await scanned()
  expect(problems).toEqual([])
  expect(result).toMatchObject({ complete: true, accountsFailed: 0 })
})

it('keeps few answers, however fast Vida gives them', async () => {
  const count = 300
  const accounts = Array.from({ length: count }, (_, index) => ({ id: index + 1, accountName: `Agent ${index}` }))
  const phoneNumbers = Array.from({ length: 400 }, (_, index) => ({ number: `+1214555${1_000 + index}` }))
  const [list, numbers] = [{ accounts, totalAccounts: count }, { phoneNumbers }].map((value) => JSON.stringify(value))
  let kept = 0
  let mostKept = 0
  await using vida = await serve(({ url: { pathname, searchParams } }, response) => {
    const isNumbers = pathname.endsWith('phoneNumbers')
    if (isNumbers && searchParams.get('targetAccountId') !== 'o1') kept += 1
    response.end(isNumbers ? numbers : list)
  })
  const { complete, accountsRead } = await scan({
    client: testClient(vida.baseUrl, { pace: new Pace(8) }),
    scope: { kind: 'organization', organization: agentAccount({ id: 'o1', name: 'Company', active: true }, null) },
    signal: new AbortController().signal,
    listsOffered: true,
    emit: (event) => {
      if (event.type !== 'numbers' || event.account.id === 'o1') return
      mostKept = Math.max(mostKept, kept)
      kept -= 1
    },
  })
  expect({ complete, accountsRead, kept }).toEqual({ complete: true, accountsRead: count + 1, kept: 0 })
  expect(mostKept).toBeLessThanOrEqual(64)
})
