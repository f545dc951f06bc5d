import 'server-only'
import type { BatchSummary } from '@/lib/domain/batches/batch'
import { entriesOf, placeOf } from '@/lib/domain/history/entries'
import { listBatchRows, summariesOf } from '@/lib/server/batch-store/summaries'
import type { Context } from '@/lib/server/context/context'
import type { Database } from '@/lib/server/db/database'
import { cursorAfter, readCursor } from '@/lib/server/ledger/receipt-id'
import type { Ledger, Page, PageFilter, Scope } from '@/lib/server/ledger/types'
import { scopeOf } from '@/lib/server/ledger/types'
import type { Session } from '@/lib/server/session/current'

export interface HistoryPage extends Page {
  batches: BatchSummary[]
}

/** Newest first; a batch replaces its returns, except in a search or a filter. @throws as the ledger's `list` */
export async function readHistory(ctx: Context, session: Session, filter: PageFilter): Promise<HistoryPage> {
  const { search, outcomes, ...exact } = filter
  const named = [exact.batchId, exact.organizationId, exact.operator, exact.reason]
  if (search || outcomes || named.some((each) => each !== undefined))
    return { ...(await ctx.ledger.list(scopeOf(session), filter)), batches: [] }
  return foldedPage(ctx.db, ctx.ledger, scopeOf(session), filter)
}

/** Merges the returns without a batch with the batches: two queries in the same order, from the ledger's cursor. */
export async function foldedPage(
  db: Database,
  ledger: Pick<Ledger, 'list'>,
  scope: Scope,
  { cursor = null, limit, from, to }: Pick<PageFilter, 'cursor' | 'limit' | 'from' | 'to'>,
  now?: number,
): Promise<HistoryPage> {
  const before = cursor ? `B-${placeOf(readCursor(cursor))}` : undefined
  const [page, rows] = await Promise.all([
    ledger.list(scope, { cursor, limit, from, to, batchId: null }),
    listBatchRows(db, scope, { before, from, to, limit: limit + 1 }),
  ])
  const entries = entriesOf(page.returns, rows)
  const shown = entries.slice(0, limit)
  const last = shown.at(-1)
  const more = entries.length > limit || page.nextCursor !== null
  return {
    returns: shown.flatMap((entry) => (entry.kind === 'return' ? entry.record : [])),
    batches: await summariesOf(
      db,
      shown.flatMap((entry) => (entry.kind === 'batch' ? entry.batch : [])),
      now,
    ),
    nextCursor: last && more ? cursorAfter(`R-${placeOf(last.id)}`) : null,
  }
}
