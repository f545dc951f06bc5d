import 'server-only'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LatestReturn } from '@/lib/domain/returns/record'
import type { LedgerContext } from './context'
import { outcomeColumn } from './list'
import { intentsOf } from './read'
import type { Scope } from './types'

/** Numbers of one statement: SQLite runs each at once. */
const NUMBERS = 500

export async function latest({ db }: LedgerContext, scope: Scope, numbers: readonly string[]): Promise<LatestReturn[]> {
  const found = new Map<string, LatestReturn>()
  for (let from = 0; from < numbers.length; from += NUMBERS) {
    const rows = await intentsOf(db.queries, scope)
      .select(['receipt_id as receiptId', 'number', 'requested_at as requestedAt', outcomeColumn.as('outcome')])
      .where('number', 'in', numbers.slice(from, from + NUMBERS))
      .orderBy('receipt_id')
      .execute()
    for (const row of rows)
      if (row.outcome === 'returned' || found.get(row.number)?.outcome !== 'returned') found.set(row.number, row)
    await nextTurn()
  }
  return [...found.values()]
}
