import 'server-only'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import type { Context } from '@/lib/server/context/context'
import { isOwnId } from '@/lib/server/http/own-id'
import { Problem } from '@/lib/server/http/problem'
import { scopeOf } from '@/lib/server/ledger/types'
import type { Session } from '@/lib/server/session/current'

/** From any session of the account. @throws Problem `no_receipt`, `too_many_notes` */
export async function addNote(ctx: Context, session: Session, receiptId: string, note: string): Promise<ReturnRecord> {
  if (!isOwnId(receiptId)) throw new Problem('no_receipt')
  const { operator } = session
  const added = await ctx.ledger.addNote(scopeOf(session), receiptId, { operator, note })
  if (added === 'missing') throw new Problem('no_receipt')
  if (added === 'full') throw new Problem('too_many_notes')
  return added
}
