import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Database, DatabaseLocation } from '@/lib/server/db/database'
import { runNpmCommand } from '@/lib/server/db/testing/command'
import { describeEachDatabase, temporaryDirectory } from '@/lib/server/db/testing/databases'
import { createFindings } from '@/lib/server/findings/findings'
import { createLedger } from '@/lib/server/ledger/ledger'
import { intentFor, SCOPE } from '@/lib/server/ledger/testing/intents'
import { createSessionStore } from '@/lib/server/session-store/session-store'
import { createSnapshots } from '@/lib/server/snapshots/snapshots'
import { WHOLE } from '@/lib/server/snapshots/testing/snapshots'
import { accountUse } from '@/lib/server/snapshots/testing/uses'
import { createUses } from '@/lib/server/snapshots/uses'
import { parsePurge } from './purge-arguments'

const DAY_MS = 86_400_000

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()

const purge = ({ databaseUrl, dataDir }: DatabaseLocation, ...args: string[]) =>
  runNpmCommand('purge', { DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDir }, args)

const account = {
  id: '100001',
  name: 'Front desk',
  active: true,
  canceledAt: null,
  canceledReason: null,
  organizationId: '5001',
  organizationName: 'Ampère Dental',
  organizationActive: true,
  organizationCanceledAt: null,
}

const listing = (...numbers: string[]) => [
  {
    account,
    numbers: numbers.map((number) => ({
      number,
      national: number,
      country: 'US',
      label: null,
      provider: 'telnyx',
      sms: true,
    })),
  },
]

/** Two readings of an identity, so that there is a baseline, the later one `days` ago. */
async function readLast(db: Database, identity: string, days: number): Promise<void> {
  const snapshots = createSnapshots(db)
  await snapshots.save(identity, daysAgo(days + 1), listing('+12145551234', '+12145551235'), WHOLE)
  await snapshots.save(identity, daysAgo(days), listing('+12145551234'), WHOLE)
  await db.queries
    .updateTable('seen_identities')
    .set({ last_at: daysAgo(days) })
    .where('identity', '=', identity)
    .execute()
}

async function kept(db: Database) {
  const { queries } = db
  const snapshots = await queries.selectFrom('snapshots').select(['identity', 'kind']).execute()
  const accounts = await queries
    .selectFrom('snapshots')
    .innerJoin('snapshot_accounts', 'snapshot_id', 'id')
    .select(['identity', 'kind'])
    .execute()
  const seen = await queries.selectFrom('seen_accounts').select('identity').execute()
  const sessions = await queries.selectFrom('sessions').select('id').execute()
  const named = (rows: readonly { identity: string; kind: string }[]) =>
    rows.map(({ identity, kind }) => `${identity} ${kind}`).sort()
  return {
    snapshots: named(snapshots),
    accounts: named(accounts),
    seen: seen.map(({ identity }) => identity).sort(),
    sessions: sessions.map(({ id }) => id).sort(),
  }
}

async function openSession(db: Database, id: string, expiresAt: number): Promise<void> {
  const who = { id: '9001', name: 'Bright Telecom', role: 'reseller', canReturn: true, foundByAsking: false } as const
  const stated = { identity: 'me', origin: SCOPE.origin, account: who, root: null, operator: null }
  await createSessionStore(db).open({ id, ...stated, expiresAt })
}

describeEachDatabase('npm run purge', (open) => {
  it('removes the inventories that were read before, expired sessions, and nothing of the ledger', async () => {
    const { db, location } = await open()
    await readLast(db, 'old', 500)
    await readLast(db, 'on the edge', 399.5)
    await readLast(db, 'new', 2)
    await openSession(db, 'expired', Date.now() - 1)
    await openSession(db, 'live', Date.now() + 60_000)
    const findings = createFindings(db, Date)
    await findings.note('me', 'numbers_offered', true, Date.now())
    await findings.note('me', 'inactive_listed', true, Date.now() - DAY_MS)
    const uses = createUses(db)
    await uses.put('me', [
      accountUse('100001', { readAt: daysAgo(401) }),
      accountUse('100002', { readAt: daysAgo(399) }),
    ])
    const limits = [-1, 60_000].map((ms) => ({ key: `in ${ms}`, holder: null, until: Date.now() + ms }))
    await db.queries.insertInto('limits').values(limits).execute()
    const ledger = createLedger(db)
    const { receiptId } = await ledger.intend(intentFor('+12145551234', { identity: 'old' }))
    const record = await ledger.append(receiptId, { outcome: 'returned', how: 'vida_answered' })
    const before = await kept(db)

    const asked = await purge(location, '--older-than', '400d', '--dry-run')
    expect(asked).toEqual({
      status: 0,
      said: expect.stringMatching(/^Would remove: .*: 3; .*: 1; .*: 1; .*: 1; .*: 1; .*: 1\.\n.*stay/),
    })
    expect(await kept(db)).toEqual(before)

    const done = await purge(location, '--older-than', '400d')
    expect(done).toEqual({
      status: 0,
      said: expect.stringMatching(/^Removed: .*: 3; .*: 1; .*: 1; .*: 1; .*: 1; .*: 1\.\n.*stay/),
    })
    const rest = ['new baseline', 'new current', 'on the edge current']
    expect(await kept(db)).toEqual({
      snapshots: rest,
      accounts: rest,
      seen: ['new', 'on the edge'],
      sessions: ['live'],
    })
    expect([await uses.of('me', '100001'), (await uses.of('me', '100002'))?.accountId]).toEqual([null, '100002'])
    expect(await db.queries.selectFrom('limits').selectAll().execute()).toEqual(limits.slice(1))
    expect(await findings.countExpired()).toBe(0)
    expect(await findings.find('me', 'numbers_offered')).toBe(true)
    expect(await ledger.get(SCOPE, receiptId)).toEqual(record)
    expect(done.said).not.toMatch(/2145551234|Ampère|old/)
  })

  it('works while the app writes', async () => {
    const { db, location } = await open()
    await readLast(db, 'old', 500)
    let running = true
    const purging = purge(location, '--older-than=400d').finally(() => {
      running = false
    })
    let writes = 0
    while (running) {
      await db.queries.transaction().execute(async (trx) => {
        await trx
          .updateTable('seen_identities')
          .set({ first_at: daysAgo(1) })
          .where('identity', '=', 'me')
          .execute()
        await new Promise((resolve) => setImmediate(resolve))
      })
      writes += 1
    }
    expect(await purging).toMatchObject({ status: 0 })
    expect(writes).toBeGreaterThan(1)
    expect((await kept(db)).snapshots).toEqual([])
  })
})

it('takes whole days alone, and says so otherwise', () => {
  expect(parsePurge(['--older-than', '400d'])).toEqual({ days: 400, dryRun: false })
  expect(parsePurge(['--dry-run', '--older-than=1d'])).toEqual({ days: 1, dryRun: true })
  const ages = ['', '400', '0d', '-1d', '1e3d', '1.5d', '40000d', ' 1d', '1d 2d']
  const wrong = [[], ['--older-than'], ['400d'], ['--all'], ...ages.map((age) => [`--older-than=${age}`])]
  for (const args of wrong)
    expect(() => parsePurge(args), args.join(' ')).toThrow(/^Usage: .* Whole days, 1d to 36500d\.$/)
})

it('opens nothing when it is called wrongly', async () => {
  const dataDir = join(temporaryDirectory(), 'data')
  const { status, said } = await purge({ databaseUrl: null, dataDir }, '--older-than', 'ever')
  expect([status, said]).toEqual([1, expect.stringMatching(/^Usage: .*\n$/)])
  expect(existsSync(dataDir)).toBe(false)
})
