import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { describePostgres } from '@/lib/server/db/testing/databases'
import { isHealthy } from './health'
import { databaseFails, databaseWorks, isDatabaseFailing, statementFailed } from './state'
import { hearFailures } from './unavailable'

let written: Record<string, string>[]
const lines = () => written.map(({ event, code, after }) => [event, code ?? after])

beforeEach(() => {
  written = []
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => written.push(JSON.parse(String(line))) > 0)
})
afterEach(() => {
  hearFailures(() => {})
  databaseWorks()
  vi.restoreAllMocks()
})

it('a line when it begins to fail, when the reason is another, and when it works again', () => {
  databaseWorks()
  for (const code of ['ECONNREFUSED', 'CONNECT_TIMEOUT', '57P03', '53100', '53100']) statementFailed(code)
  expect(isDatabaseFailing()).toBe(true)
  databaseWorks()
  databaseWorks()
  expect(lines()).toEqual([
    ['database_unavailable', 'ECONNREFUSED'],
    ['database_unavailable', '53100'],
    ['database_available', '53100'],
  ])
})

it('what a single statement did wrong is not the state of the database', () => {
  for (const code of ['23505', '40001', 'SQLITE_CONSTRAINT', 'SQLITE_BUSY', 'P0001']) statementFailed(code)
  expect(lines()).toEqual([])
  databaseFails('UNKNOWN')
  const advice = 'look at the log of the database'
  expect(written).toMatchObject([{ level: 'error', event: 'database_unavailable', code: 'UNKNOWN', advice }])
})

it('says what to do about tables of a newer version', () => {
  databaseFails('NEWER_TABLES')
  const advice = 'the tables are of a newer version: start that one, or restore the backup from before it'
  expect(written).toMatchObject([{ level: 'error', event: 'database_unavailable', code: 'NEWER_TABLES', advice }])
})

describePostgres('a PostgreSQL that takes no writes', (open) => {
  it('is not ready, and the line says what to do', async () => {
    const { db } = await open()
    hearFailures(statementFailed)
    expect(await isHealthy(db)).toBe(true)
    await db.queries.connection().execute(async (one) => {
      await sql`set default_transaction_read_only = on`.execute(one)
      expect(await isHealthy({ ...db, readiness: one })).toBe(false)
      await sql`set default_transaction_read_only = off`.execute(one)
    })
    expect(lines()).toEqual([['database_unavailable', '25006']])
  })
})
