import 'server-only'
import type { Database } from '@/lib/server/db/database'
import { addNote } from './add-note'
import { appendEvent } from './append'
import { cancelUnsent, undo } from './cancel'
import { choices } from './choices'
import { clock, type LedgerContext, transact } from './context'
import { guarded } from './errors'
import { intend, sameRequest } from './intend'
import { latest } from './latest'
import { renewLease } from './lease'
import { list } from './list'
import { marks } from './marks'
import { nameAccount } from './names'
import { settleOrphans } from './orphans'
import { createProtections } from './protections'
import { intentsOf, recordsOf } from './read'
import { beginSending } from './send'
import type { Ledger, Scope } from './types'
import { unknownCount, unsettled, unverified } from './unsettled'

const PAGE_OF_EACH = 100

async function get(context: LedgerContext, scope: Scope, receiptId: string) {
  const { queries } = context.db
  const intents = await intentsOf(queries, scope).selectAll().where('receipt_id', '=', receiptId).execute()
  const [record] = await recordsOf(queries, context, intents)
  return record ?? null
}

/** @param options `now` (Unix ms) replaces the clock; `describe` fills a record's `national` (otherwise null); `noted` hears each step. */
export function createLedger(
  db: Database,
  { describe = () => null, ...options }: Partial<Omit<LedgerContext, 'db'>> = {},
): Ledger {
  const context: LedgerContext = { ...options, db, describe }
  const { queries } = db
  const page: Ledger['list'] = (scope, filter) => guarded(() => list(context, scope, filter))
  return {
    now: () => guarded(() => clock(queries, context)),
    intend: (intent) => guarded(() => transact(context, (trx, inside) => intend(trx, inside, intent))),
    sameRequest: (scope, request) => guarded(() => sameRequest(queries, { scope, request })),
    nameAccount: (receiptId, account) => guarded(() => nameAccount(context, receiptId, account)),
    beginSending: (receiptId, order) =>
      guarded(() => transact(context, (trx, inside) => beginSending(trx, inside, receiptId, order))),
    undo: (scope, receiptId) => guarded(() => transact(context, (trx, inside) => undo(trx, inside, scope, receiptId))),
    cancelUnsent: (filter) => guarded(() => cancelUnsent(context, filter)),
    append: (receiptId, event) =>
      guarded(() => transact(context, (trx, inside) => appendEvent(trx, inside, receiptId, event))),
    addNote: (scope, receiptId, note) =>
      guarded(() => queries.transaction().execute((trx) => addNote(trx, context, scope, receiptId, note))),
    choices: (scope) => guarded(() => choices(context, scope)),
    renew: (receiptId, instance, leaseMs) =>
      guarded(async () => renewLease(queries, receiptId, { instance, leaseMs, now: await clock(queries, context) })),
    settleOrphans: (scope) => guarded(() => settleOrphans(context, scope)),
    unsettled: (scope) => guarded(() => unsettled(context, scope)),
    unverified: (scope) => guarded(() => unverified(context, scope)),
    unknownCount: (scope) => guarded(() => unknownCount(context, scope)),
    marks: (scope, since) => guarded(() => marks(context, scope, since)),
    latest: (scope, numbers) => guarded(() => latest(context, scope, numbers)),
    protections: createProtections(context),
    get: (scope, receiptId) => guarded(() => get(context, scope, receiptId)),
    list: page,
    each: async function* (scope, filter) {
      let cursor: string | null = null
      do {
        const { returns, nextCursor } = await page(scope, { ...filter, cursor, limit: PAGE_OF_EACH })
        if (returns.length > 0) yield returns
        cursor = nextCursor
      } while (cursor !== null)
    },
  }
}
