import 'server-only'
import { sql } from 'kysely'
import * as z from 'zod'
import { customerOf } from '@/lib/domain/accounts/customer'
import type { BatchSummary } from '@/lib/domain/batches/batch'
import { noCounts } from '@/lib/domain/batches/customers'
import type { RecordOutcome } from '@/lib/domain/returns/record'
import type { Database } from '@/lib/server/db/database'
import { clock } from '@/lib/server/ledger/context'
import type { Scope } from '@/lib/server/ledger/types'
import { inSlices } from '@/lib/server/process/slices'
import type { BatchRow } from './batch-store'
import { outcomeOf, stateOf } from './item-outcome'

/** `before`: ids below it. `from` (inclusive), `to` (exclusive), ISO 8601: of the confirmation or of a return in it. */
export interface BatchFilter {
  ids?: readonly string[] | undefined
  before?: string | undefined
  from?: string | undefined
  to?: string | undefined
  limit: number
}

export async function listBatchRows({ queries }: Database, scope: Scope, filter: BatchFilter): Promise<BatchRow[]> {
  const from = filter.from === undefined ? undefined : new Date(filter.from).toISOString()
  const to = filter.to === undefined ? undefined : new Date(filter.to).toISOString()
  let query = queries
    .selectFrom('batches')
    .selectAll()
    .where('origin', '=', scope.origin)
    .where('owner_id', '=', scope.ownerId)
  if (filter.ids) query = query.where('id', 'in', filter.ids)
  if (filter.before !== undefined) query = query.where('id', '<', filter.before)
  if (to !== undefined) query = query.where('created_at', '<', to)
  if (from !== undefined) {
    query = query.where((eb) => {
      let later = eb
        .selectFrom('return_intents')
        .select('receipt_id')
        .whereRef('batch_id', '=', 'batches.id')
        .where('requested_at', '>=', from)
      if (to !== undefined) later = later.where('requested_at', '<', to)
      return eb.or([eb('created_at', '>=', from), eb.exists(later)])
    })
  }
  return query.orderBy('id', 'desc').limit(filter.limit).execute()
}

/** Summaries in the order given; the database counts the outcomes. `at` (Unix ms) replaces its clock. */
export async function summariesOf(db: Database, rows: readonly BatchRow[], at?: number): Promise<BatchSummary[]> {
  const now = await clock(db.queries, { db, now: at === undefined ? at : () => at })
  // One by one, as each may be of thousands of numbers.
  return Array.fromAsync(inSlices(rows), async (row) => {
    const state = stateOf(row, now)
    const counts = noCounts()
    for (const { state: item, outcome, count } of await tally(db, row.id))
      counts[outcomeOf(item, outcome, state.state === 'ended')] += count
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    return { ...headOf(row), ...state, total, counts, customers: foldCustomers(await customersIn(db, row.id)) }
  })
}

async function tally({ queries }: Database, id: string) {
  const numbers = queries
    .with('latest', (db) =>
      db
        .selectFrom('return_intents')
        .select((eb) => ['number', eb.fn.max('receipt_id').as('receipt_id')])
        .where('batch_id', '=', id)
        .groupBy('number'),
    )
    .selectFrom('batch_items')
    .leftJoin('latest', 'latest.number', 'batch_items.number')
    .select([
      'batch_items.state',
      sql<RecordOutcome | null>`case when latest.receipt_id is not null then coalesce(
        (select outcome from return_events where return_events.receipt_id = latest.receipt_id order by seq desc limit 1),
        'open') end`.as('outcome'),
    ])
    .where('batch_items.batch_id', '=', id)
  return queries
    .selectFrom(numbers.as('numbers'))
    .select((eb) => ['state', 'outcome', eb.fn.countAll<number>().as('count')])
    .groupBy(['state', 'outcome'])
    .execute()
}

/** The customers of a batch in the order of its numbers: a row for an organization, or an account without one. */
async function customersIn({ queries }: Database, id: string) {
  const numbers = queries
    .selectFrom('batch_items')
    .select(['position', 'account_name', 'organization_id', 'organization_name'])
    .select(sql<string | null>`case when organization_id is null then account_id end`.as('alone'))
    .where('batch_id', '=', id)
  return queries
    .selectFrom(numbers.as('numbers'))
    .select(['organization_id', 'alone'])
    .select((eb) => [
      eb.fn.min('account_name').as('account_name'),
      eb.fn.min('organization_name').as('organization_name'),
      eb.fn.min('position').as('first'),
    ])
    .groupBy(['organization_id', 'alone'])
    .orderBy('first')
    .execute()
}

function foldCustomers(found: Awaited<ReturnType<typeof customersIn>>): BatchSummary['customers'] {
  const customers = found.map(({ alone, account_name, organization_id, organization_name }) =>
    customerOf({
      id: alone ?? '',
      name: account_name,
      organizationId: organization_id,
      organizationName: organization_name,
    }),
  )
  return { first: customers[0]?.name ?? '', count: new Set(customers.map(({ id }) => id)).size }
}

const requestedBySchema = z.object({ id: z.string(), name: z.string(), role: z.string() })

export function headOf(row: BatchRow) {
  const { id, operator, return_reason: returnReason, note } = row
  const { created_at: createdAt, sends_at: sendsAt, ended_at: endedAt } = row
  const requestedBy = requestedBySchema.parse(JSON.parse(row.requested_by))
  return { id, operator, returnReason, note, createdAt, sendsAt, endedAt, requestedBy }
}
