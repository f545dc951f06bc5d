import { statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it, vi } from 'vitest'
import { openForTest, temporaryDirectory } from '@/lib/server/db/testing/databases'

const MB = 1024 * 1024

describe('the write-ahead log of SQLite', () => {
  it('is copied into the database on another thread after a large transaction, which all have by then', async () => {
    const dataDir = join(temporaryDirectory(), 'data')
    const db = await openForTest({ databaseUrl: null, dataDir })
    const path = join(dataDir, 'numberdesk.sqlite')
    await sql`create table large (content text)`.execute(db.queries)
    const ordinary = statSync(path).size
    await db.queries.transaction().execute(async (trx) => {
      for (let row = 0; row < 8; row++) await sql`insert into large values (${'x'.repeat(MB)})`.execute(trx)
    })
    const other = await openForTest({ databaseUrl: null, dataDir })
    const { rows } = await sql<{ count: number }>`select count(*) as count from large`.execute(other.queries)
    expect(rows).toEqual([{ count: 8 }])
    await vi.waitFor(() => expect(statSync(path).size - ordinary).toBeGreaterThan(7 * MB), { timeout: 15_000 })
    const beginsAnew = async () => {
      await sql`insert into large values ('little')`.execute(db.queries)
      expect(statSync(`${path}-wal`).size).toBeLessThan(2 * MB)
    }
    await vi.waitFor(beginsAnew, { timeout: 15_000 })
  })
})
