import { appendFileSync, chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '@/lib/server/db/database'
import { isHealthy } from '@/lib/server/db/health'
import { startChild } from '@/lib/server/db/testing/child-process'
import { describeEachDatabase, openForTest, temporaryDirectory } from '@/lib/server/db/testing/databases'
import { DatabaseUnavailable } from '@/lib/server/db/unavailable'
import { intentFor, numberAt, SCOPE } from '@/lib/server/ledger/testing/intents'
import { LedgerUnavailable } from './errors'
import { createLedger } from './ledger'

const WRITER = new URL('./testing/writer.ts', import.meta.url)

async function rowsOf({ queries }: Database): Promise<number> {
  const intents = await queries.selectFrom('return_intents').select('receipt_id').execute()
  const events = await queries.selectFrom('return_events').select('receipt_id').execute()
  return intents.length + events.length
}

describeEachDatabase('what was acknowledged', (open, dialect) => {
  it('is there when two processes write at once: 600 of 600 rows', async () => {
    const { db, location } = await open()
    const args = [location.databaseUrl ?? '', location.dataDir]
    const children = ['0', '100'].map((first) => startChild(WRITER, ['records', ...args, first, '100']))
    expect(await Promise.all(children.map((child) => child.ended()))).toEqual([0, 0])
    expect(await rowsOf(db)).toBe(600)
  })

  it('survives kill -9 of the writer, and a log torn by it', async () => {
    const { location, again } = await open()
    const acknowledged: string[] = []
    for (const round of [0, 1, 2]) {
      const child = startChild(WRITER, [
        'records',
        location.databaseUrl ?? '',
        location.dataDir,
        String(round * 1000),
        '1000',
      ])
      await child.printed(40 + round * 7)
      await child.kill()
      acknowledged.push(...child.lines)
      if (dialect === 'sqlite') {
        // What a write that was cut off leaves behind: half a frame at the end of the log.
        appendFileSync(join(location.dataDir, 'numberdesk.sqlite-wal'), Buffer.alloc(2000, round + 1))
      }
    }
    const ledger = createLedger(await again())
    for (const line of acknowledged) {
      const [how = '', receiptId = ''] = line.split(' ')
      const record = await ledger.get(SCOPE, receiptId)
      expect(record, line).not.toBeNull()
      if (how === 'returned') expect(record?.outcome).toBe('returned')
      if (how === 'sending') expect(record?.events[0]?.how).toBe('sending')
    }
    expect(acknowledged.length).toBeGreaterThan(120)
  })
})

describe('the embedded ledger', () => {
  async function embedded() {
    const dataDir = join(temporaryDirectory(), 'a', 'data')
    const db = await openForTest({ databaseUrl: null, dataDir })
    return { dataDir, db, ledger: createLedger(db), file: join(dataDir, 'numberdesk.sqlite') }
  }
  const mode = (path: string) => statSync(path).mode & 0o777

  it('keeps its directory 0700 and its files 0600', async () => {
    const { dataDir, ledger, file, db } = await embedded()
    await ledger.intend(intentFor('+12145551234'))
    expect(mode(dataDir)).toBe(0o700)
    for (const path of [file, `${file}-wal`, `${file}-shm`]) expect(mode(path), path).toBe(0o600)
    const { rows } = await sql`pragma synchronous`.execute(db.queries)
    expect(rows).toEqual([{ synchronous: 2 }])
  })

  it('takes rights away that it finds too wide', async () => {
    const { dataDir, db, file } = await embedded()
    await db.close()
    chmodSync(dataDir, 0o755)
    chmodSync(file, 0o644)
    await openForTest({ databaseUrl: null, dataDir })
    expect([mode(dataDir), mode(file)]).toEqual([0o700, 0o600])
  })

  it('cannot be opened in a read-only directory', async () => {
    const { dataDir, db } = await embedded()
    await db.close()
    chmodSync(dataDir, 0o500)
    await expect(openDatabase({ databaseUrl: null, dataDir })).rejects.toBeInstanceOf(DatabaseUnavailable)
    expect(mode(dataDir)).toBe(0o500)
    chmodSync(dataDir, 0o700)
  })

  it('writes nothing while its directory is read-only, and goes on afterwards', async () => {
    const { dataDir, db, ledger } = await embedded()
    const { receiptId } = await ledger.intend(intentFor(numberAt(1)))
    chmodSync(dataDir, 0o500)
    await expect(ledger.intend(intentFor(numberAt(2)))).rejects.toBeInstanceOf(LedgerUnavailable)
    await expect(ledger.append(receiptId, { outcome: 'open', how: 'sending' })).rejects.toMatchObject({
      code: 'READ_ONLY',
    })
    expect((await ledger.list(SCOPE, { limit: 10 })).returns).toHaveLength(1)
    expect(await isHealthy(db)).toBe(false)
    chmodSync(dataDir, 0o700)
    expect((await ledger.intend(intentFor(numberAt(2)))).kind).toBe('intended')
    expect(await isHealthy(db)).toBe(true)
  })

  it('writes nothing into a file that is gone, or that another took the place of', async () => {
    const { dataDir, db, ledger } = await embedded()
    renameSync(dataDir, `${dataDir}-away`)
    await expect(ledger.intend(intentFor(numberAt(1)))).rejects.toMatchObject({ code: 'FILE_GONE' })
    expect(await isHealthy(db)).toBe(false)
    mkdirSync(dataDir)
    await openForTest({ databaseUrl: null, dataDir })
    await expect(ledger.intend(intentFor(numberAt(1)))).rejects.toMatchObject({ code: 'FILE_GONE' })
    rmSync(dataDir, { recursive: true })
    renameSync(`${dataDir}-away`, dataDir)
    expect(await isHealthy(db)).toBe(true)
    expect((await ledger.intend(intentFor(numberAt(1)))).kind).toBe('intended')
  })

  it('writes all of a return or nothing when the disk is full, and goes on afterwards', async () => {
    const { db, ledger } = await embedded()
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db.queries)
    await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + 4)}`.execute(db.queries)
    let written = 0
    const note = 'x'.repeat(200)
    const fill = async () => {
      for (; written < 1000; written++) await ledger.intend(intentFor(numberAt(written), { note }))
    }
    await expect(fill()).rejects.toMatchObject({ name: 'LedgerUnavailable', code: 'SQLITE_FULL' })
    expect(written).toBeGreaterThan(0)
    expect(await db.queries.selectFrom('return_intents').select('number').execute()).toHaveLength(written)
    expect(await db.queries.selectFrom('return_locks').select('number').execute()).toHaveLength(written)
    await sql`pragma max_page_count = 1000000`.execute(db.queries)
    expect((await ledger.intend(intentFor(numberAt(written), { note }))).kind).toBe('intended')
  })

  it('says so when its file is no database', async () => {
    const dataDir = temporaryDirectory()
    appendFileSync(
      join(dataDir, 'numberdesk.sqlite'),
      'this is not a database, and long enough to see that'.repeat(100),
    )
    const opening = openDatabase({ databaseUrl: null, dataDir })
    await expect(opening).rejects.toMatchObject({ name: 'DatabaseUnavailable', code: 'SQLITE_NOTADB' })
    expect(existsSync(join(dataDir, 'numberdesk.sqlite'))).toBe(true)
  })
})
