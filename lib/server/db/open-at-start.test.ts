import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { createLedger } from '@/lib/server/ledger/ledger'
import { intentFor, numberAt, SCOPE } from '@/lib/server/ledger/testing/intents'
import type { Database, DatabaseLocation } from './database'
import { runsOn } from './migrate'
import { runNpmCommand, runScript } from './testing/command'
import { describeEachDatabase, describePostgres, openForTest, temporaryDirectory } from './testing/databases'

const START = fileURLToPath(new URL('./testing/start.ts', import.meta.url))

const start = ({ databaseUrl, dataDir }: DatabaseLocation) =>
  runScript(START, { DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDir })

const applied = ({ queries }: Database, name: string) =>
  sql`insert into kysely_migration (name, timestamp) values (${name}, '2027-01-01T00:00:00.000Z')`.execute(queries)

describeEachDatabase('an app on the tables of a newer version', (_open, _dialect, _locate, locateEmpty) => {
  it('works where they were only added to, and ends with a sentence where it cannot', async () => {
    const location = await locateEmpty()
    const newer = await openForTest(location)
    await sql`alter table return_intents add column added text`.execute(newer.queries)
    await applied(newer, '0002-added.from-0001')
    expect(await start(location)).toMatchObject({ status: 0, said: expect.stringMatching(/started\n$/) })
    const ledger = createLedger(await openForTest(location))
    const { receiptId } = await ledger.intend(intentFor(numberAt(0)))
    expect(await ledger.get(SCOPE, receiptId)).toMatchObject({ outcome: 'open' })

    await applied(newer, '0003-dropped.from-0002')
    const refused = await start(location)
    expect(refused).toEqual({ status: 1, said: expect.stringContaining('the tables of a newer version') })
  }, 60_000)
})

it('runs on what a later migration allows it', () => {
  expect(runsOn('0001-initial', '0002-added.from-0001')).toBe(true)
  expect(runsOn('0002-added.from-0001', '0003-dropped.from-0002')).toBe(true)
  expect(runsOn('0001-initial', '0003-dropped.from-0002')).toBe(false)
  expect(runsOn('0001-initial', '0002-changed')).toBe(false)
})

describePostgres('an app that moves to PostgreSQL', (_open, _dialect, locate) => {
  it('does not start while the receipts of its SQLite file are not there', async () => {
    const { databaseUrl } = await locate()
    const dataDir = temporaryDirectory()
    const ledger = createLedger(await openForTest({ databaseUrl: null, dataDir }))
    await ledger.intend(intentFor(numberAt(0)))
    const refused = await start({ databaseUrl, dataDir })
    expect(refused).toEqual({ status: 1, said: expect.stringContaining('npm run ledger -- export') })
    expect(
      await runNpmCommand('ledger', { DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDir }, ['--abandon']),
    ).toEqual({
      status: 0,
      said: 'The ledger in DATA_DIR is left behind. Its file stays where it is.\n',
    })
    expect(await start({ databaseUrl, dataDir })).toMatchObject({ status: 0 })
  }, 60_000)
})
