import { sql } from 'kysely'
import { afterEach, expect, it } from 'vitest'
import {
  describeEachDatabase,
  describePostgres,
  openForTest,
  temporaryDirectory,
} from '@/lib/server/db/testing/databases'
import { createLedger } from '@/lib/server/ledger/ledger'
import { intentFor, numberAt, SCOPE } from '@/lib/server/ledger/testing/intents'
import { closeDatabase, database } from './database'
import { isHealthy } from './health'
import { DatabaseUnavailable } from './unavailable'

const session = (id: string) => ({ id, identity: 'someone', who: '{}', created_at: 1, expires_at: 1_795_000_000_000 })

describeEachDatabase('a database', (open, dialect, _locate, locateEmpty) => {
  it('is migrated once by four instances that start together', async () => {
    const location = await locateEmpty()
    const four = await Promise.all([1, 2, 3, 4].map(() => openForTest(location)))
    for (const db of four) {
      await db.queries.insertInto('sessions').values(session(crypto.randomUUID())).execute()
    }
    expect(await four[0]?.queries.selectFrom('sessions').selectAll().execute()).toHaveLength(4)
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
      four[3]?.queries ?? (await open()).db.queries,
    )
    expect(rows).toEqual([{ name: '0001-initial' }])
  })

  it('gives milliseconds and counts back as numbers', async () => {
    const { db } = await open()
    await db.queries.insertInto('sessions').values(session('a')).execute()
    const row = await db.queries
      .selectFrom('sessions')
      .select((eb) => ['expires_at', eb.fn.countAll().as('count')])
      .groupBy('expires_at')
      .executeTakeFirst()
    expect(row).toEqual({ expires_at: 1_795_000_000_000, count: 1 })
    const { numDeletedRows } = await db.queries.deleteFrom('sessions').executeTakeFirstOrThrow()
    expect(numDeletedRows).toBe(1n)
  })

  it('keeps the transactions of concurrent callers apart', async () => {
    const { db } = await open()
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) =>
        db.queries.transaction().execute(async (trx) => {
          await trx
            .insertInto('sessions')
            .values(session(`${index}a`))
            .execute()
          await new Promise((resolve) => setTimeout(resolve, 3))
          if (index % 3 === 0) throw new Error('changed my mind')
          await trx
            .insertInto('sessions')
            .values(session(`${index}b`))
            .execute()
        }),
      ),
    )
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(8)
    expect(await db.queries.selectFrom('sessions').select('id').execute()).toHaveLength(16)
  })

  it('does not block itself when the same process has it open twice', async () => {
    const { db, again } = await open()
    const other = await again()
    const write = (on: typeof db, id: string) =>
      on.queries.transaction().execute(async (trx) => {
        await trx.insertInto('sessions').values(session(id)).execute()
        await new Promise((resolve) => setTimeout(resolve, 20))
      })
    const before = performance.now()
    await Promise.all([write(db, 'a'), write(other, 'b'), write(db, 'c'), write(other, 'd')])
    expect(performance.now() - before).toBeLessThan(2000)
    expect(await db.queries.selectFrom('sessions').selectAll().execute()).toHaveLength(4)
  })

  it('says what failed by a code alone', async () => {
    const { db } = await open()
    await db.queries.insertInto('sessions').values(session('secret-id')).execute()
    const error = await db.queries
      .insertInto('sessions')
      .values(session('secret-id'))
      .execute()
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(DatabaseUnavailable)
    expect(error).toMatchObject({ code: dialect === 'sqlite' ? 'SQLITE_CONSTRAINT' : '23505' })
    expect(String(error)).not.toContain('secret')
    expect(error).not.toHaveProperty('cause')
    expect(await isHealthy(db)).toBe(true)
  })

  it('is unhealthy once it is closed', async () => {
    const { again } = await open()
    const db = await again()
    await db.close()
    expect(await isHealthy(db)).toBe(false)
  })
})

const environment = { ...process.env }
afterEach(async () => {
  await closeDatabase()
  process.env = { ...environment }
})

it('opens one database for a process, and tries again after a failure', async () => {
  process.env.DATABASE_URL = 'postgres://someone:hunter2hunter2@127.0.0.1:1/none'
  process.env.DATA_DIR = temporaryDirectory()
  const error = await database().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(DatabaseUnavailable)
  expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  expect(JSON.stringify(error) + String(error)).not.toMatch(/hunter2|someone/)

  delete process.env.DATABASE_URL
  const [one, two] = await Promise.all([database(), database()])
  expect(one).toBe(two)
  expect(one.dialect).toBe('sqlite')

  await closeDatabase()
  expect(await isHealthy(one)).toBe(false)
  expect(await isHealthy(await database())).toBe(true)
})

describePostgres('a database that lacks receipts of the SQLite file', (_open, _dialect, locate) => {
  it('is not used, also where it was away at the start, until they are there', async () => {
    const { databaseUrl } = await locate()
    const dataDir = temporaryDirectory()
    const left = await openForTest({ databaseUrl: null, dataDir })
    const { receiptId } = await createLedger(left).intend(intentFor(numberAt(0)))
    Object.assign(process.env, { DATABASE_URL: databaseUrl, DATA_DIR: dataDir })
    await expect(database()).rejects.toMatchObject({ code: 'LEDGER_LEFT_BEHIND' })

    const intent = await left.queries.selectFrom('return_intents').selectAll().executeTakeFirstOrThrow()
    const there = await openForTest({ databaseUrl, dataDir })
    await there.queries.insertInto('return_intents').values(intent).execute()
    expect(await createLedger(await database()).get(SCOPE, receiptId)).not.toBeNull()
  })
})
