import 'server-only'
import { type ExpressionBuilder, sql } from 'kysely'
import type { RecordOutcome } from '@/lib/domain/returns/record'
import { cleanLine } from '@/lib/domain/text/clean'
import { type PhoneDigits, phoneDigits } from '@/lib/domain/text/phone'
import type { Tables } from '@/lib/server/db/tables'
import { inSlices } from '@/lib/server/process/slices'
import type { LedgerContext, Queries } from './context'
import type { IntentRow } from './fold'
import { intentsOf, recordsOf } from './read'
import { cursorAfter, readCursor } from './receipt-id'
import { containing, searchable, searchableBefore } from './text'
import type { Page, PageFilter, ReturnFilter, Scope } from './types'

const MOST = 500
const LONGEST_SEARCH = 200

export const outcomeColumn = sql<RecordOutcome>`coalesce((select outcome from return_events
  where return_events.receipt_id = return_intents.receipt_id order by seq desc limit 1), 'open')`

/** Digits that a number with these typed digits has: without what stands before them within a country or abroad. */
function formsOf({ plus, digits }: PhoneDigits): string[] {
  if (plus) return [digits]
  const short = digits.replace(/^0+/, '')
  const forms = [short.length >= 5 ? short : digits]
  if (/^011\d{5}/.test(digits)) forms.push(digits.slice(3))
  // The trunk prefix of Russia, Kazakhstan and Belarus.
  if (/^80?\d{10}$/.test(digits)) forms.push(digits.replace(/^80?/, ''))
  return forms
}

const LEAST_OF_SEVERAL = 3

/** The digits of typed numbers, of which any may be meant; none if there is anything else. */
function digitsOf(search: string): string[] {
  const parts = search
    .replace(/;ext=\d{1,7}/gi, '')
    .split(/[,;|]|(?<=\d) +(?=\+)/)
    .filter((part) => part.trim() !== '')
  const read = parts.map(phoneDigits).filter((each) => each !== null)
  if (read.length < parts.length) return []
  const meant = read.length === 1 ? read : read.filter(({ digits }) => digits.length >= LEAST_OF_SEVERAL)
  return [...new Set(meant.flatMap(formsOf))]
}

interface Range {
  /** The first receipt; null: there is no more. */
  from: string | null
  /** The one after the last; null: the newest is the last. */
  before: string | null
}

function inBatch(queries: Queries, scope: Scope, { batchId }: ReturnFilter, { from, before }: Range) {
  let query = intentsOf(queries, scope)
  if (from !== null) query = query.where('receipt_id', '>=', from)
  if (before !== null) query = query.where('receipt_id', '<', before)
  if (batchId === null) query = query.where('batch_id', 'is', null)
  else if (batchId !== undefined) query = query.where('batch_id', '=', batchId)
  return query
}

function within({ from, before }: Range) {
  const bounds = [sql`receipt_id >= ${from ?? ''}`]
  if (before !== null) bounds.push(sql`receipt_id < ${before}`)
  return sql<boolean>`${sql.join(bounds, sql` and `)}`
}

/** Receipts whose account was learned after the confirmation. */
function learned(eb: ExpressionBuilder<Tables, 'return_intents'>, range: Range) {
  return eb.selectFrom('return_accounts').select('receipt_id').where(within(range))
}

/** Receipts that have later notes. */
function noted(eb: ExpressionBuilder<Tables, 'return_intents'>, range: Range) {
  return eb.selectFrom('return_notes').select('receipt_id').where(within(range))
}

function matching(queries: Queries, scope: Scope, filter: ReturnFilter, range: Range) {
  let query = inBatch(queries, scope, filter, range)
  const typed = cleanLine((filter.search ?? '').slice(0, LONGEST_SEARCH))
  if (typed !== '') {
    // An accent alone has no searchable form: it must find nothing rather than everything.
    const wanted = searchable(typed) || typed
    const id = wanted.toUpperCase()
    const numbers = digitsOf(typed).map((digits) => containing(digits))
    query = query.where((eb) => {
      const spellings = [...new Set([wanted, searchableBefore(typed) || typed])]
      const text = eb.or(
        spellings.map((spelling) => sql<boolean>`search_text like ${containing(spelling)} escape '\\'`),
      )
      const later = [learned(eb, range).where(text), noted(eb, range).where(text)]
      const matches = [
        text,
        ...later.map((ids) => eb('receipt_id', 'in', ids)),
        eb('receipt_id', '=', id),
        eb('batch_id', '=', id),
      ]
      return eb.or([...matches, ...numbers.map((pattern) => eb('number', 'like', pattern))])
    })
  }
  const { organizationId } = filter
  if (organizationId !== undefined) {
    query = query.where((eb) => {
      const named = learned(eb, range).where('organization_id', '=', organizationId)
      return eb.or([eb('organization_id', '=', organizationId), eb('receipt_id', 'in', named)])
    })
  }
  if (filter.outcomes) {
    const wanted = filter.outcomes
    query = query.where((eb) => (wanted.length === 0 ? eb.lit(false) : eb(outcomeColumn, 'in', wanted)))
  }
  if (filter.operator !== undefined) query = query.where('operator', '=', filter.operator)
  if (filter.reason !== undefined) query = query.where('reason', '=', filter.reason)
  if (filter.from !== undefined) query = query.where('requested_at', '>=', new Date(filter.from).toISOString())
  if (filter.to !== undefined) query = query.where('requested_at', '<', new Date(filter.to).toISOString())
  return query
}

/** Receipts that one statement searches, which on SQLite holds the process and all other queries. */
const SEARCHED = 2_000

async function* pieces(queries: Queries, scope: Scope, filter: PageFilter, limit: number) {
  let before = filter.cursor ? readCursor(filter.cursor) : null
  do {
    const last = await inBatch(queries, scope, filter, { from: null, before })
      .select('receipt_id')
      .orderBy('receipt_id', 'desc')
      .offset(SEARCHED - 1)
      .limit(1)
      .executeTakeFirst()
    const from = last?.receipt_id ?? null
    yield await matching(queries, scope, filter, { from, before })
      .selectAll()
      .orderBy('receipt_id', 'desc')
      .limit(limit)
      .execute()
    before = from
  } while (before !== null)
}

export async function list(context: LedgerContext, scope: Scope, filter: PageFilter): Promise<Page> {
  const limit = Math.min(Math.max(Math.trunc(filter.limit), 1), MOST)
  const { queries } = context.db
  const found: IntentRow[] = []
  for await (const rows of inSlices(pieces(queries, scope, filter, limit + 1))) {
    found.push(...rows)
    if (found.length > limit) break
  }
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return {
    returns: await recordsOf(queries, context, shown),
    nextCursor: last && found.length > limit ? cursorAfter(last.receipt_id) : null,
  }
}
