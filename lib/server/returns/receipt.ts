import 'server-only'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import type { Context } from '@/lib/server/context/context'
import { isOwnId } from '@/lib/server/http/own-id'
import { Problem } from '@/lib/server/http/problem'
import { scopeOf } from '@/lib/server/ledger/types'
import type { Session } from '@/lib/server/session/current'

export async function readReceipt(ctx: Context, session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = isOwnId(receiptId) ? await ctx.ledger.get(scopeOf(session), receiptId) : null
  if (!record) throw new Problem('no_receipt')
  return record
}
