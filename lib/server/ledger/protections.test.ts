import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Place, ProtectionTarget } from '@/lib/domain/protections/protection'
import { describeEachDatabase, describePostgres } from '@/lib/server/db/testing/databases'
import { intentFor, SCOPE } from '@/lib/server/ledger/testing/intents'
import { sessionAt, signIn } from '@/lib/server/session/testing/sessions'
import { createLedger } from './ledger'
import { beginSending } from './send'
import type { Intent, Scope } from './types'

const NUMBER = '+12145551234'
const NEIGHBOUR = { ...SCOPE, ownerId: '9002' }
const OF_NUMBER: ProtectionTarget = { level: 'number', target: NUMBER }
const OF_ACCOUNT: ProtectionTarget = { level: 'account', target: '100001' }
const OF_ORGANIZATION: ProtectionTarget = { level: 'organization', target: '5001' }
const PLACE: Place = { number: NUMBER, accountId: '100001', organizationId: '5001' }

describeEachDatabase('protections', (open) => {
  async function scene() {
    const { db } = await open()
    const ledger = createLedger(db, { now: () => 1_800_000_000_000 })
    await signIn(db, sessionAt(SCOPE.origin))
    const protect = async (target = OF_NUMBER, scope: Scope = SCOPE) => {
      const answer = await ledger.protections.set(scope, {
        ...target,
        name: null,
        reason: 'Main line',
        operator: 'Ann',
      })
      if (answer.kind === 'full') throw new Error('full')
      return answer.protection
    }
    const lift = (id: string, scope: Scope = SCOPE) =>
      ledger.protections.lift(scope, id, { reason: 'Closed', operator: 'Ben' })
    const intend = async (changes: Partial<Intent> = {}, number = NUMBER) =>
      (await ledger.intend(intentFor(number, changes))).receiptId
    const send = (receiptId: string) =>
      ledger.beginSending(receiptId, { instance: 'instance-1', leaseMs: 60_000, proven: true })
    return { db, ledger, protect, lift, intend, send }
  }

  it('end a return that was confirmed before as not sent, at any level, and let it go once they are lifted', async () => {
    const { ledger, protect, lift, intend, send } = await scene()
    for (const target of [OF_NUMBER, OF_ACCOUNT, OF_ORGANIZATION]) {
      const receiptId = await intend({ holdMs: 8_000 })
      const { id } = await protect(target)
      expect(await send(receiptId)).toEqual({ kind: 'ended', how: 'protected' })
      expect(await ledger.get(SCOPE, receiptId)).toMatchObject({ outcome: 'not_sent', events: [{ how: 'protected' }] })
      await lift(id)
    }
    expect(await send(await intend())).toEqual({ kind: 'sending' })
  })

  it('bind a return by hand by its number, and by the account that was learned after the confirmation', async () => {
    const { ledger, protect, lift, intend, send } = await scene()
    const { id } = await protect()
    expect(await send(await intend({ accountId: null, accountName: null, organizationId: null }))).toMatchObject({
      how: 'protected',
    })
    await lift(id)
    await protect(OF_ORGANIZATION)
    const unknown = { accountName: null, organizationId: null, organizationName: null }
    const learned = await intend(unknown)
    await ledger.nameAccount(learned, { name: 'Front desk', organizationId: '5001', organizationName: 'Ampère Dental' })
    expect(await send(learned)).toMatchObject({ how: 'protected' })
    expect(await send(await intend(unknown))).toEqual({ kind: 'sending' })
  })

  it('bind their owner alone, within one API origin', async () => {
    const { ledger, protect, lift, intend, send } = await scene()
    const { id } = await protect(OF_NUMBER, NEIGHBOUR)
    await protect(OF_NUMBER, { ...SCOPE, origin: 'http://127.0.0.1:4010' })
    expect(await lift(id)).toBeNull()
    expect(await ledger.protections.active(SCOPE)).toEqual([])
    expect(await ledger.protections.changes(SCOPE, { limit: 10 })).toEqual([])
    expect(await send(await intend())).toEqual({ kind: 'sending' })
  })

  it('are rows of setting and lifting that stay, each once, the newest first', async () => {
    const { db, ledger, protect, lift } = await scene()
    const first = await protect()
    expect(first).toMatchObject({ ...OF_NUMBER, name: null, reason: 'Main line', operator: 'Ann' })
    expect(await ledger.protections.set(SCOPE, { ...OF_NUMBER, name: null, reason: 'Again', operator: null })).toEqual({
      kind: 'already',
      protection: first,
    })
    expect(await lift(first.id)).toMatchObject({ protectionId: first.id, reason: 'Closed', operator: 'Ben' })
    expect(await lift(first.id)).toBeNull()
    const second = await protect()
    const changes = await ledger.protections.changes(SCOPE, { limit: 10 })
    expect(changes.map(({ change, protectionId }) => [change, protectionId])).toEqual([
      ['set', second.id],
      ['lifted', first.id],
      ['set', first.id],
    ])
    expect(await ledger.protections.changes(SCOPE, { limit: 10, before: second.id })).toEqual(changes.slice(1))
    expect(await ledger.protections.changes(SCOPE, { limit: 10, to: second.setAt })).toEqual(changes.slice(1))
    expect(await ledger.protections.changes(SCOPE, { limit: 10, from: second.setAt })).toEqual(changes.slice(0, 1))
    expect(await ledger.protections.active(SCOPE)).toEqual([second])
    await expect(db.queries.updateTable('protection_changes').set({ reason: 'Other' }).execute()).rejects.toThrow()
    await expect(db.queries.deleteFrom('protection_changes').execute()).rejects.toThrow()
  })

  it('are told by the marks, which name another change after each one', async () => {
    const { ledger, protect, lift } = await scene()
    const named = async () => (await ledger.marks(SCOPE, null)).protections
    const seen = [await named()]
    const { id } = await protect()
    seen.push(await named())
    await lift(id)
    seen.push(await named())
    expect(seen[0]).toBeNull()
    expect(seen[1]).toBe(id)
    expect(seen[2]?.localeCompare(id)).toBe(1)
  })

  it('name what is nearest to the number', async () => {
    const { ledger, protect } = await scene()
    await protect(OF_ORGANIZATION)
    expect(await ledger.protections.over(SCOPE, PLACE)).toMatchObject(OF_ORGANIZATION)
    await protect(OF_ACCOUNT)
    expect(await ledger.protections.over(SCOPE, PLACE)).toMatchObject(OF_ACCOUNT)
    expect(await ledger.protections.over(SCOPE, { ...PLACE, accountId: null, organizationId: null })).toBeNull()
  })
})

describePostgres('a protection', (open) => {
  it('waits for the transaction that decides about a return, and comes after it', async () => {
    const { db, again } = await open()
    const other = await again()
    const ledger = createLedger(db)
    await signIn(db, sessionAt(SCOPE.origin))
    const { receiptId } = await ledger.intend(intentFor(NUMBER))
    const decided = Promise.withResolvers<void>()
    const commit = Promise.withResolvers<void>()
    const steps: string[] = []
    const context = { db: other, describe: () => null }
    const sending = other.queries.transaction().execute(async (trx) => {
      const order = { instance: 'instance-1', leaseMs: 60_000, proven: true }
      steps.push((await beginSending(trx, context, receiptId, order)).kind)
      decided.resolve()
      await commit.promise
    })
    await decided.promise
    const protecting = createLedger(db)
      .protections.set(SCOPE, { ...OF_NUMBER, name: null, reason: 'Main line', operator: null })
      .then(({ kind }) => steps.push(kind))
    const waiting = sql<{ count: number }>`select count(*) from pg_locks where locktype = 'advisory' and not granted`
    await expect
      .poll(async () => Number((await waiting.execute(other.queries)).rows[0]?.count), { timeout: 20_000 })
      .toBe(1)
    expect(steps).toEqual(['sending'])
    commit.resolve()
    await Promise.all([sending, protecting])
    expect(steps).toEqual(['sending', 'set'])
  })
})
