import { expect, it } from 'vitest'
import { testContext } from '@/lib/server/context/testing/context'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { createLedger } from '@/lib/server/ledger/ledger'
import { intentFor, numberAt, SCOPE } from '@/lib/server/ledger/testing/intents'
import { sessionAt } from '@/lib/server/session/testing/sessions'
import { csvOfReport, readReport } from './report'

const NOON = Date.UTC(2026, 10, 24, 12)
const HOUR = 3_600_000
const session = { ...sessionAt(SCOPE.origin), operator: 'Ada' }
session.account = { ...session.account, id: SCOPE.ownerId }
const { signal } = new AbortController()

describeEachDatabase('the report', (open) => {
  async function ledgerAtNoon() {
    const { db } = await open()
    const time = { at: NOON }
    const ledger = createLedger(db, { now: () => time.at })
    return { db, time, ledger, ctx: testContext({ ledger }) }
  }

  it('is of its own account’s returns in the period and up to now', async () => {
    const { time, ledger, ctx } = await ledgerAtNoon()
    const at = async (hours: number, index: number, ownerId = SCOPE.ownerId) => {
      time.at = NOON + hours * HOUR
      await ledger.intend(intentFor(numberAt(index), { scope: { ...SCOPE, ownerId } }))
    }
    await at(-2, 1)
    await at(-1, 2)
    await at(-1, 3, '9002')
    await at(1, 4)
    time.at = NOON
    const count = async (filter = {}) => (await readReport(ctx, session, filter, signal)).returns
    expect(await count()).toBe(2)
    expect(await count({ to: new Date(NOON + 2 * HOUR).toISOString() })).toBe(2)
    expect(await count({ to: new Date(NOON - 1.5 * HOUR).toISOString() })).toBe(1)
    expect(await count({ from: new Date(NOON - 1.5 * HOUR).toISOString() })).toBe(1)
    const file = await new Response(await csvOfReport(ctx, session, {}, signal)).text()
    expect(file.match(/^R-/gm)).toHaveLength(2)
    expect(file).toContain('All,2\r\n')
  })

  it('has every change of protection in the file, and the newest in the answer', async () => {
    const { db, ctx } = await ledgerAtNoon()
    const rows = Array.from({ length: 502 }, (_, index) => ({
      id: `P-${1000 + index}`,
      protection_id: `P-${1000 + index - (index % 2)}`,
      change: index % 2 === 0 ? ('set' as const) : ('lifted' as const),
      origin: SCOPE.origin,
      owner_id: SCOPE.ownerId,
      level: 'number' as const,
      target: '+12145551234',
      name: null,
      reason: 'Main line',
      operator: null,
      at: new Date(NOON - 1).toISOString(),
    }))
    await db.queries.insertInto('protection_changes').values(rows).execute()
    const { protections, more } = await readReport(ctx, session, {}, signal)
    expect([protections.length, more, protections[0]?.change]).toEqual([500, true, 'lifted'])
    const file = await new Response(await csvOfReport(ctx, session, {}, signal)).text()
    expect(file.match(/^(?:set|lifted),/gm)).toHaveLength(502)
  })
})
