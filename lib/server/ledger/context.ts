import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { Database } from '@/lib/server/db/database'
import type { Tables } from '@/lib/server/db/tables'
import type { Describe } from './fold'

export interface LedgerContext {
  db: Database
  now?: (() => number) | undefined
  describe: Describe
  /** Nothing may be sent. */
  readOnly?: boolean | undefined
}

export type Queries = Kysely<Tables>

export async function clock(queries: Queries, { db, now }: Pick<LedgerContext, 'db' | 'now'>): Promise<number> {
  if (now) return now()
  if (db.dialect === 'sqlite') return Date.now()
  const { rows } = await sql<{
    ms: number
  }>`select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as ms`.execute(queries)
  return rows[0]?.ms ?? Date.now()
}
