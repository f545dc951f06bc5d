import 'server-only'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { clock, type LedgerContext, type Queries } from './context'
import { notesOf } from './notes'
import { intentsOf, lockIntent, recordsOf } from './read'
import { searchable, storable, storableOrNull } from './text'
import type { NewNote, Scope } from './types'

const MOST = 100

export async function addNote(
  trx: Queries,
  context: LedgerContext,
  scope: Scope,
  receiptId: string,
  { operator, note }: NewNote,
): Promise<ReturnRecord | 'missing' | 'full'> {
  const own = await intentsOf(trx, scope).select('receipt_id').where('receipt_id', '=', receiptId).executeTakeFirst()
  // Locked, so that two notes at once get a place of their own each.
  const intent = own && (await lockIntent(trx, context, receiptId))
  if (!intent) return 'missing'
  const { length } = (await notesOf(trx, [receiptId])).get(receiptId) ?? []
  if (length >= MOST) return 'full'
  const row = {
    receipt_id: receiptId,
    seq: length + 1,
    at: new Date(await clock(trx, context)).toISOString(),
    operator: storableOrNull(operator),
    note: storable(note),
    search_text: [operator ?? '', note].map(searchable).join('\n'),
  }
  await trx.insertInto('return_notes').values(row).execute()
  const [record] = await recordsOf(trx, context, [intent])
  return record ?? 'missing'
}
