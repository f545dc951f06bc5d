import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { describePostgres } from '@/lib/server/db/testing/databases'
import * as logging from '@/lib/server/process/log'
import { isHealthy } from './health'
import { databaseFails, databaseWorks, isDatabaseFailing, statementFailed } from './state'
import { hearFailures } from './unavailable'

vi.mock('@/lib/server/process/log', async (original) => ({ ...(await original<typeof logging>()), log: vi.fn() }))
const log = vi.mocked(logging.log)
const lines = () => log.mock.calls.map(([, event, fields]) => [event, fields?.code ?? fields?.after])

beforeEach(() => {
  log.mockClear()
})
afterEach(() => {
  hearFailures(() => {})
  databaseWorks()
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
  expect(log).toHaveBeenCalledWith('error', 'database_unavailable', {
    code: 'UNKNOWN',
    advice: 'look at the log of the database',
  })
})

it('says what to do about tables of a newer version', () => {
  databaseFails('NEWER_TABLES')
  const advice = 'the tables are of a newer version: start that one, or restore the backup from before it'
  expect(log).toHaveBeenCalledWith('error', 'database_unavailable', { code: 'NEWER_TABLES', advice })
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
