import 'server-only'
import type { Database } from '@/lib/server/db/database'
import { appendEvent } from './append'
import { clock, type LedgerContext } from './context'
import { guarded } from './errors'
import type { Describe } from './fold'
import { intend } from './intend'
import { list } from './list'
import { marks } from './marks'
import { adoptAll } from './orphans'
import { recordsOf } from './read'
import type { Ledger, Scope } from './types'
import { unknownCount, unsettled, unverified } from './unsettled'

const EACH = 500

/** `now` gives Unix ms in place of the clock; `describe` fills a record's `national` (otherwise null). */
export interface LedgerOptions {
  now?: () => number
  describe?: Describe
}

async function renew(context: LedgerContext, receiptIds: readonly string[], instance: string, leaseMs: number) {
  const { queries } = context.db
  if (receiptIds.length === 0) return []
  const rows = await queries
    .updateTable('return_locks')
    .set({ lease_until: (await clock(queries, context)) + leaseMs })
    .where('receipt_id', 'in', receiptIds)
    .where('instance', '=', instance)
    .where('state', '=', 'open')
    .returning('receipt_id')
    .execute()
  return rows.map((row) => row.receipt_id)
}

async function get(context: LedgerContext, scope: Scope, receiptId: string) {
  const { queries } = context.db
  const intents = await queries
    .selectFrom('return_intents')
    .selectAll()
    .where('receipt_id', '=', receiptId)
    .where('origin', '=', scope.origin)
    .where('owner_id', '=', scope.ownerId)
    .execute()
  const [record] = await recordsOf(queries, context, intents)
  return record ?? null
}

/** The ledger in a database. It holds nothing in memory: any number of instances may have one. */
export function createLedger(db: Database, { now, describe = () => null }: LedgerOptions = {}): Ledger {
  const context: LedgerContext = { db, now, describe }
  const { queries } = db
  const page: Ledger['list'] = (scope, filter) => guarded(() => list(context, scope, filter))
  return {
    now: () => guarded(() => clock(queries, context)),
    intend: (intent) => guarded(() => queries.transaction().execute((trx) => intend(trx, context, intent))),
    append: (receiptId, event) =>
      guarded(() => queries.transaction().execute((trx) => appendEvent(trx, context, receiptId, event))),
    renew: (receiptIds, instance, leaseMs) => guarded(() => renew(context, receiptIds, instance, leaseMs)),
    adoptOrphans: (scope) => guarded(() => adoptAll(context, scope)),
    unsettled: (scope) => guarded(() => unsettled(context, scope)),
    unverified: (scope) => guarded(() => unverified(context, scope)),
    unknownCount: (scope) => guarded(() => unknownCount(context, scope)),
    marks: (scope, since) => guarded(() => marks(context, scope, since)),
    get: (scope, receiptId) => guarded(() => get(context, scope, receiptId)),
    list: page,
    each: async function* (scope, filter) {
      let cursor: string | null = null
      do {
        const { returns, nextCursor } = await page(scope, { ...filter, cursor, limit: EACH })
        if (returns.length > 0) yield returns
        cursor = nextCursor
      } while (cursor !== null)
    },
  }
}
