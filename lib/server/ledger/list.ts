import 'server-only'
import { sql } from 'kysely'
import type { RecordOutcome } from '@/lib/domain/returns/record'
import type { LedgerContext, Queries } from './context'
import { cursorAfter, readCursor } from './cursor'
import { recordsOf } from './read'
import { containing, searchable, searchableBefore } from './text'
import type { Page, PageFilter, ReturnFilter, Scope } from './types'

const MOST = 500
const LONGEST_SEARCH = 200

/** The outcome of an intent in the query at hand: its last event's, as `fold` has it. */
const outcomeColumn = sql<RecordOutcome>`coalesce((select outcome from return_events
  where return_events.receipt_id = return_intents.receipt_id order by seq desc limit 1), 'open')`

/** Digits as a number holds them, if that is what somebody typed; a national form's leading zero is not in E.164. */
function digitsOf(search: string): string | null {
  if (!/^[\d\s+()./-]+$/.test(search)) return null
  const digits = search.replace(/\D/g, '')
  const short = digits.replace(/^0+/, '')
  return digits === '' ? null : short.length >= 5 ? short : digits
}

function matching(queries: Queries, scope: Scope, filter: ReturnFilter) {
  let query = queries
    .selectFrom('return_intents')
    .where('origin', '=', scope.origin)
    .where('owner_id', '=', scope.ownerId)
  const asked = searchableBefore((filter.search ?? '').trim().slice(0, LONGEST_SEARCH))
  if (asked !== '') {
    const plain = searchable(asked)
    // An accent alone finds nothing; without it, it would find everything.
    const forms = plain === '' ? [asked] : [...new Set([plain, asked])]
    const digits = digitsOf(asked)
    query = query.where((eb) => {
      const words = forms.map((form) => sql<boolean>`search_text like ${containing(form)} escape '\\'`)
      // Earlier intents have their note in its own column alone, and an intent is never changed.
      const note = sql<boolean>`lower(note) like ${containing(asked)} escape '\\'`
      const id = asked.toUpperCase()
      const ways = [...words, note, eb('receipt_id', '=', id), eb('batch_id', '=', id)]
      return eb.or(digits === null ? ways : [...ways, eb('number', 'like', containing(digits))])
    })
  }
  if (filter.outcomes) {
    const wanted = filter.outcomes
    query = query.where((eb) => (wanted.length === 0 ? eb.lit(false) : eb(outcomeColumn, 'in', wanted)))
  }
  if (filter.from !== undefined) query = query.where('requested_at', '>=', new Date(filter.from).toISOString())
  if (filter.to !== undefined) query = query.where('requested_at', '<', new Date(filter.to).toISOString())
  if (filter.batchId === null) query = query.where('batch_id', 'is', null)
  else if (filter.batchId !== undefined) query = query.where('batch_id', '=', filter.batchId)
  return query
}

/**
 * A page of a scope's records, newest first.
 * @throws BadCursor, RangeError if `from` or `to` is no date
 */
export async function list(context: LedgerContext, scope: Scope, filter: PageFilter): Promise<Page> {
  const limit = Math.min(Math.max(Math.trunc(filter.limit), 1), MOST)
  const { queries } = context.db
  let query = matching(queries, scope, filter)
  if (filter.cursor) query = query.where('receipt_id', '<', readCursor(filter.cursor))
  const found = await query
    .selectAll()
    .orderBy('receipt_id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return {
    returns: await recordsOf(queries, context, shown),
    nextCursor: last && found.length > limit ? cursorAfter(last.receipt_id) : null,
  }
}
