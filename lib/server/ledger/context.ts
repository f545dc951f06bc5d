import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { Proof, RecordOutcome } from '@/lib/domain/returns/record'
import type { Database } from '@/lib/server/db/database'
import type { Tables } from '@/lib/server/db/tables'
import type { Describe } from './fold'

/** A line that was added to the record of a return. `ms`, `status`: of Vida's answer. */
interface ReturnStep {
  receipt: string
  account: string
  batch: string | null
  outcome: RecordOutcome
  how: Proof | 'confirmed'
  ms: number | null
  status: number | null
}

export interface LedgerContext {
  db: Database
  now?: (() => number) | undefined
  describe: Describe
  /** Nothing may be sent. */
  readOnly?: boolean | undefined
  noted?: ((step: ReturnStep) => void) | undefined
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

/** A transaction whose steps are noted once they are committed. */
export async function transact<T>(
  context: LedgerContext,
  work: (trx: Queries, context: LedgerContext) => Promise<T>,
): Promise<T> {
  const steps: ReturnStep[] = []
  const noted = (step: ReturnStep) => void steps.push(step)
  const result = await context.db.queries.transaction().execute((trx) => work(trx, { ...context, noted }))
  for (const step of steps) context.noted?.(step)
  return result
}
