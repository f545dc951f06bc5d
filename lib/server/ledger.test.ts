import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { createBatchStore } from '@/lib/server/batch-store/batch-store'
import { createBatch } from '@/lib/server/batch-store/testing/batches'
import type { Database, DatabaseLocation } from '@/lib/server/db/database'
import { abandonLedger, expectNoLedgerLeftBehind, LEDGER_LEFT_BEHIND } from '@/lib/server/db/left-behind'
import { dateRestore, lastRestore, noteRestore } from '@/lib/server/db/restores'
import { runNpmCommand } from '@/lib/server/db/testing/command'
import {
  describeEachDatabase,
  describePostgres,
  openForTest,
  temporaryDirectory,
} from '@/lib/server/db/testing/databases'
import { createLedger } from '@/lib/server/ledger/ledger'
import { intentFor, numberAt, SCOPE } from '@/lib/server/ledger/testing/intents'
import { backUpLedger } from '@/lib/server/ledger-files/backup'
import { exportLedger } from '@/lib/server/ledger-files/export'
import { importLedger } from '@/lib/server/ledger-files/import'
import { LEDGER_TABLES, OTHER_TABLES } from '@/lib/server/ledger-files/ledger-tables'
import { parseLedger } from './ledger-arguments'

const ledgerCommand = ({ databaseUrl, dataDir }: DatabaseLocation, ...args: string[]) =>
  runNpmCommand('ledger', { DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDir }, args)

const inSqlite = (): DatabaseLocation => ({ databaseUrl: null, dataDir: join(temporaryDirectory(), 'data') })

async function contentOf({ queries }: Database) {
  const tables = LEDGER_TABLES.map(async ({ name, key }) => {
    const order = sql.join(key.map((column) => sql.ref(column)))
    return [name, (await sql`select * from ${sql.table(name)} order by ${order}`.execute(queries)).rows]
  })
  return Object.fromEntries(await Promise.all(tables))
}

/** A returned number, an unknown one with both locks, an open one, and a batch. @returns the receipts in this order */
async function fill(db: Database): Promise<[string, string, string]> {
  const ledger = createLedger(db)
  const batchId = await createBatch(
    createBatchStore(db),
    {
      scope: SCOPE,
      leaseMs: 0,
      // More than a page of the export and a piece of the import.
      items: Array.from({ length: 520 }, (_, index) => ({
        number: numberAt(index),
        account_id: String(index),
        account_name: null,
        organization_id: null,
        organization_name: 'Ampère\u2028Dental',
      })),
    },
    Date.now(),
  )
  const intend = async (index: number, changes = {}) => {
    const { receiptId } = await ledger.intend(intentFor(numberAt(index), { leaseMs: 0, ...changes }))
    return receiptId
  }
  const returned = await intend(0, { batchId, note: 'two lines?\u2028“yes” 🙂' })
  await ledger.append(returned, { outcome: 'open', how: 'sending' })
  await ledger.append(returned, {
    outcome: 'returned',
    how: 'vida_answered',
    httpStatus: 200,
    durationMs: 12,
    gone: true,
  })
  const unknown = await intend(1, { batchId, accountName: null })
  await ledger.nameAccount(unknown, { name: 'Front desk', organizationId: null, organizationName: null })
  await ledger.append(unknown, { outcome: 'unknown', how: 'no_answer' })
  await db.queries
    .insertInto('number_locks')
    .values({ origin: SCOPE.origin, number: numberAt(1), receipt_id: unknown })
    .execute()
  const at = new Date().toISOString()
  const note = { at, operator: 'Ana', note: 'asked twice', search_text: 'asked twice' }
  await db.queries
    .insertInto('return_notes')
    .values({ receipt_id: unknown, seq: 1, ...note })
    .execute()
  await protect(db, at)
  return [returned, unknown, await intend(2)]
}

async function protect({ queries }: Database, at: string): Promise<void> {
  const { origin, ownerId: owner_id } = SCOPE
  const what = { origin, owner_id, level: 'number', target: numberAt(7), name: null, operator: null, at } as const
  const changes = [
    { id: 'P-1', protection_id: 'P-1', change: 'set', reason: 'fire alarm', ...what },
    { id: 'P-2', protection_id: 'P-1', change: 'lifted', reason: 'moved', ...what },
  ] as const
  await queries.insertInto('protection_changes').values(changes).execute()
  await queries
    .insertInto('owner_settings')
    .values({ origin, owner_id, name: 'reasons', value: '[]', changed_at: at })
    .execute()
}

const newFile = (name = 'ledger.ndjson') => join(temporaryDirectory(), name)

describePostgres('a ledger that moves', (open, _dialect, locate) => {
  it('is the same in PostgreSQL, with its locks, and in SQLite again', async () => {
    const [from, to] = [inSqlite(), await locate()]
    const [first, second] = [newFile(), newFile()]
    const source = await openForTest(from)
    await fill(source)
    const before = await contentOf(source)
    expect(await ledgerCommand(from, 'export', first)).toMatchObject({
      status: 0,
      said: expect.stringMatching(/^Exported 3 receipts/),
    })
    expect(await ledgerCommand(to, 'import', first)).toMatchObject({
      status: 0,
      said: expect.stringMatching(/^All 3 receipts/),
    })
    const db = await openForTest(to)
    await importLedger(db, first)
    expect(await contentOf(db)).toEqual(before)
    const again = await createLedger(db).intend(intentFor(numberAt(1)))
    expect(again.kind).toBe('unsettled')

    await exportLedger(db, second)
    const back = await openForTest(inSqlite())
    await importLedger(back, second)
    expect(await contentOf(back)).toEqual(before)
  }, 60_000)

  it('stops an app on PostgreSQL until it was taken along or given up', async () => {
    const from = inSqlite()
    const source = await openForTest(from)
    const { db } = await open()
    const check = () => expectNoLedgerLeftBehind(db, from.dataDir)
    await check()
    const protection = {
      level: 'number',
      target: numberAt(9),
      name: null,
      reason: 'Main line',
      operator: null,
    } as const
    await createLedger(source).protections.set(SCOPE, protection)
    await expect(check(), 'a protection alone').rejects.toMatchObject({ code: LEDGER_LEFT_BEHIND })
    const first = newFile()
    await exportLedger(source, first)
    await importLedger(db, first)
    await check()

    await createLedger(source).intend(intentFor(numberAt(0), { leaseMs: 0 }))
    await expect(check()).rejects.toMatchObject({ code: LEDGER_LEFT_BEHIND })
    const file = newFile()
    await exportLedger(source, file)
    await importLedger(db, file)
    await check()

    await createLedger(source).intend(intentFor(numberAt(1)))
    await expect(check()).rejects.toMatchObject({ code: LEDGER_LEFT_BEHIND })
    await abandonLedger(db, from.dataDir)
    await check()
    await createLedger(source).intend(intentFor(numberAt(2)))
    await expect(check(), 'it went on').rejects.toMatchObject({ code: LEDGER_LEFT_BEHIND })

    const torn = temporaryDirectory()
    writeFileSync(join(torn, 'numberdesk.sqlite'), 'no database'.repeat(100))
    await expect(expectNoLedgerLeftBehind(db, torn)).rejects.toMatchObject({ code: LEDGER_LEFT_BEHIND })
  })
})

describeEachDatabase('an imported ledger', (open) => {
  it('does not bring back the lock of a return that was settled here', async () => {
    const source = await openForTest(inSqlite())
    const [, unknown] = await fill(source)
    const { db } = await open()
    const file = newFile()
    await exportLedger(source, file)
    await importLedger(db, file)
    const ledger = createLedger(db)
    await ledger.append(unknown, { outcome: 'returned', how: 'read_after', gone: true })
    const settled = await contentOf(db)
    await importLedger(db, file)
    expect(await contentOf(db)).toEqual(settled)
    expect((await ledger.intend(intentFor(numberAt(1)))).kind).toBe('intended')
  })

  it('is refused whole where both ledgers went on, and where the number is under way here', async () => {
    const source = await openForTest(inSqlite())
    const [, unknown] = await fill(source)
    const { db } = await open()
    const file = newFile()
    await exportLedger(source, file)
    const busy = await openForTest(inSqlite())
    await createLedger(busy).intend(intentFor(numberAt(1)))
    const inUse = await contentOf(busy)
    await expect(importLedger(busy, file)).rejects.toThrow(/both ledgers went on/)
    expect(await contentOf(busy)).toEqual(inUse)

    await importLedger(db, file)
    await createLedger(source).append(unknown, { outcome: 'refused', how: 'vida_answered' })
    await createLedger(db).append(unknown, { outcome: 'returned', how: 'read_after', gone: true })
    const here = await contentOf(db)
    const later = newFile()
    await exportLedger(source, later)
    await expect(importLedger(db, later)).rejects.toThrow(/both ledgers went on/)
    expect(await contentOf(db)).toEqual(here)
  })

  it('comes from a whole file alone', async () => {
    const source = await openForTest(inSqlite())
    await fill(source)
    const { db } = await open()
    const file = newFile()
    await exportLedger(source, file)
    const text = readFileSync(file, 'utf8')
    const lines = text.split('\n')
    const damages = [
      '',
      text.slice(0, -1),
      text.slice(0, -40),
      text.replace('Bright Telecom', 'Bright Telecoms'),
      lines.toSpliced(4, 1).join('\n'),
      lines.toSpliced(-2, 1).join('\n'),
      'no ledger\n',
    ]
    const path = newFile()
    for (const damaged of damages) {
      writeFileSync(path, damaged)
      await expect(importLedger(db, path)).rejects.toThrow('Nothing was imported')
    }
    expect(await db.queries.selectFrom('return_intents').selectAll().execute()).toEqual([])
    await expect(exportLedger(source, file)).rejects.toThrow(/EEXIST/)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
})

describe('a backup of a SQLite ledger', () => {
  it('is made while the app writes, and restored says until when it knows receipts', async () => {
    const from = inSqlite()
    const db = await openForTest(from)
    const [returned, , open] = await fill(db)
    await db.queries
      .insertInto('sessions')
      .values({ id: 'a', identity: 'me', who: '{}', created_at: 1, expires_at: Date.now() + 60_000 })
      .execute()
    const folder = join(temporaryDirectory(), 'backup')
    const { status, said } = await ledgerCommand(from, 'backup', folder)
    expect([status, said]).toEqual([0, expect.stringContaining('knows every receipt until 20')])
    await expect(backUpLedger(db, folder)).rejects.toThrow(/is there already/)

    const restored = inSqlite()
    mkdirSync(restored.dataDir, { mode: 0o700 })
    copyFileSync(join(folder, 'numberdesk.sqlite'), join(restored.dataDir, 'numberdesk.sqlite'))
    const copy = await openForTest(restored)
    await dateRestore(copy)
    const restore = await lastRestore(copy)
    expect(said).toContain(restore?.knownUntil)
    expect(await lastRestore(db)).toBeNull()
    expect(await copy.queries.selectFrom('sessions').selectAll().execute()).toEqual([])
    const ledger = createLedger(copy)
    expect(await ledger.get(SCOPE, returned)).toEqual(await createLedger(db).get(SCOPE, returned))
    const settled = await ledger.settleOrphans(SCOPE)
    expect(settled, 'it may have been sent since').toMatchObject([{ receiptId: open, outcome: 'unknown' }])
    expect(existsSync(join(folder, 'numberdesk.sqlite-wal'))).toBe(false)
  }, 60_000)
})

describeEachDatabase('an export', (open) => {
  it('is refused while a return is under way, and made once its lease is over', async () => {
    const { db } = await open()
    await createLedger(db).intend(intentFor('+12145551234'))
    const file = join(temporaryDirectory(), 'ledger.ndjson')
    await expect(exportLedger(db, file)).rejects.toThrow(/is under way: stop the app/)
    expect(existsSync(file)).toBe(false)
    await db.queries.updateTable('return_locks').set({ lease_until: 1 }).execute()
    expect(await exportLedger(db, file)).toBe(1)
  })
})

describeEachDatabase('a restore that is noted by hand', (open) => {
  it('makes what was confirmed unknown, locks it for all owners, and ends the sessions', async () => {
    const { db } = await open()
    const ledger = createLedger(db)
    const confirmed = await ledger.intend(intentFor('+12145551234'))
    if (confirmed.kind !== 'intended') throw new Error(confirmed.kind)
    const { receiptId } = confirmed
    await db.queries
      .insertInto('sessions')
      .values({ id: 'a', identity: 'me', who: '{}', created_at: 1, expires_at: Date.now() + 60_000 })
      .execute()
    await noteRestore(db, '2026-11-28T09:30:00.000Z')
    expect((await lastRestore(db))?.knownUntil).toBe('2026-11-28T09:30:00.000Z')
    expect(await db.queries.selectFrom('sessions').selectAll().execute()).toEqual([])
    const locks = await db.queries.selectFrom('number_locks').select(['number', 'receipt_id']).execute()
    expect(locks).toEqual([{ number: '+12145551234', receipt_id: receiptId }])
    await db.queries.updateTable('return_locks').set({ lease_until: 1 }).execute()
    expect(await ledger.settleOrphans(SCOPE)).toMatchObject([{ receiptId, outcome: 'unknown' }])
  })
})

it('takes a file’s name from where the command was called', async () => {
  const folder = temporaryDirectory()
  const env = { DATABASE_URL: '', DATA_DIR: join(folder, 'data'), INIT_CWD: folder }
  expect(await runNpmCommand('ledger', env, ['export', 'ledger.ndjson'])).toMatchObject({ status: 0 })
  expect(existsSync(join(folder, 'ledger.ndjson'))).toBe(true)
})

it('of every table it is decided whether an export has it', async () => {
  const db = await openForTest(inSqlite())
  const tables = (await db.queries.introspection.getTables())
    .map(({ name }) => name)
    .filter((name) => name !== 'sqlite_sequence')
  const decided = [...LEDGER_TABLES.map(({ name }) => name), ...Object.keys(OTHER_TABLES)]
  expect(decided.sort()).toEqual(tables.sort())
})

it('says how it is used', () => {
  expect(parseLedger(['export', 'file'])).toEqual({ verb: 'export', object: 'file' })
  expect(parseLedger(['--abandon'])).toEqual({ verb: 'abandon' })
  const wrong = [
    [],
    ['export'],
    ['import', 'a', 'b'],
    ['delete', 'a'],
    ['export', 'a', '--abandon'],
    ['restored', 'today'],
  ]
  for (const args of wrong) expect(() => parseLedger(args), args.join(' ')).toThrow(/^Usage/)
})
