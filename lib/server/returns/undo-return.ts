import 'server-only'
import type { Context } from '@/lib/server/context/context'
import { isOwnId } from '@/lib/server/http/own-id'
import { Problem } from '@/lib/server/http/problem'
import { LedgerConflict } from '@/lib/server/ledger/errors'
import { scopeOf } from '@/lib/server/ledger/types'
import type { Session } from '@/lib/server/session/current'

/** From any session of the account; a return that was not sent for another reason stays so. @throws Problem, LedgerUnavailable */
export async function undoReturn(ctx: Context, session: Session, receiptId: string) {
  const found = isOwnId(receiptId) && (await ctx.ledger.undo(scopeOf(session), receiptId).catch(tooLate))
  if (!found) throw new Problem('no_receipt')
  return { receiptId, outcome: 'not_sent' as const }
}

function tooLate(error: unknown): never {
  throw error instanceof LedgerConflict ? new Problem('too_late') : error
}
