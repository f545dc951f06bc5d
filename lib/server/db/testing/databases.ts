import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, inject, it, onTestFinished } from 'vitest'
import { type Database, type DatabaseLocation, openDatabase } from '@/lib/server/db/database'
import type { DialectName } from '@/lib/server/db/tables'
import { databasesAt, type PostgresDatabases, postgresBinaries } from './postgres'

const INSTALL = 'apt-get install postgresql'

interface TestDatabase {
  readonly db: Database
  readonly location: DatabaseLocation
  again(): Promise<Database>
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'numberdesk-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

export async function openForTest(location: DatabaseLocation): Promise<Database> {
  const db = await openDatabase(location)
  onTestFinished(() => db.close())
  return db
}

async function testDatabase(location: DatabaseLocation): Promise<TestDatabase> {
  return { db: await openForTest(location), location, again: () => openForTest(location) }
}

type Locate = () => Promise<DatabaseLocation>
/** `locate` finds a migrated database, used as the app's role; `locateEmpty` one without tables, as their owner. */
type Suite = (open: () => Promise<TestDatabase>, dialect: DialectName, locate: Locate, locateEmpty: Locate) => void

/** On PostgreSQL alone; where it is not installed, one skipped test whose name is the command that installs it. */
export function describePostgres(name: string, suite: Suite): void {
  const binaries = postgresBinaries()
  if (binaries === null) {
    process.stderr.write(`\n!! ${name}: NOT TESTED on PostgreSQL, which is not installed. Get it: ${INSTALL}\n\n`)
    describe(`${name} (PostgreSQL)`, () => it.skip(`not installed; get it with: ${INSTALL}`))
    return
  }
  describe(`${name} (PostgreSQL)`, () => {
    let databases: PostgresDatabases | null = null
    beforeAll(async () => {
      const answer = await fetch(inject('postgresAt'))
      if (!answer.ok) throw new Error(await answer.text())
      databases = databasesAt(Number(await answer.text()))
    }, 60_000)
    const running = () => {
      if (!databases) throw new Error('the PostgreSQL server did not start')
      return databases
    }
    const locate: Locate = async () => {
      const from = running()
      const databaseUrl = await from.takeDatabase()
      onTestFinished(() => from.giveBack(databaseUrl))
      return { databaseUrl, dataDir: '/nonexistent' }
    }
    const locateEmpty: Locate = async () => {
      const { owner } = await running().takeEmptyDatabase()
      return { databaseUrl: owner, dataDir: '/nonexistent' }
    }
    suite(async () => testDatabase(await locate()), 'postgres', locate, locateEmpty)
  })
}

export function describeEachDatabase(name: string, suite: Suite): void {
  const locate: Locate = async () => ({ databaseUrl: null, dataDir: join(temporaryDirectory(), 'data') })
  describe(`${name} (SQLite)`, () => suite(async () => testDatabase(await locate()), 'sqlite', locate, locate))
  describePostgres(name, suite)
}
