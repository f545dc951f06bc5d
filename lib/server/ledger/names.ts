import 'server-only'
import type { LedgerContext, Queries } from './context'
import type { IntentRow } from './fold'
import { searchable, storable, storableOrNull } from './text'
import type { AccountNames } from './types'

export async function nameAccount(
  { db }: LedgerContext,
  receiptId: string,
  { name, organizationId, organizationName }: AccountNames,
): Promise<void> {
  await db.queries
    .insertInto('return_accounts')
    .values({
      receipt_id: receiptId,
      account_name: storable(name),
      organization_id: storableOrNull(organizationId),
      organization_name: storableOrNull(organizationName),
      search_text: [name, organizationId ?? '', organizationName ?? ''].map(searchable).join('\n'),
    })
    .onConflict((conflict) => conflict.column('receipt_id').doNothing())
    .execute()
}

export async function withNames(queries: Queries, intents: readonly IntentRow[]): Promise<IntentRow[]> {
  const ids = intents.flatMap((intent) => (intent.account_name === null ? [intent.receipt_id] : []))
  if (ids.length === 0) return [...intents]
  const rows = await queries
    .selectFrom('return_accounts')
    .select(['receipt_id', 'account_name', 'organization_id', 'organization_name'])
    .where('receipt_id', 'in', ids)
    .execute()
  const byReceipt = new Map(rows.map((row) => [row.receipt_id, row]))
  return intents.map((intent) => ({ ...intent, ...byReceipt.get(intent.receipt_id) }))
}
