import 'server-only'
import type { Context } from '@/lib/server/context/context'
import { isOwnId } from '@/lib/server/http/own-id'
import { Problem } from '@/lib/server/http/problem'
import { LedgerConflict, LedgerUnavailable } from '@/lib/server/ledger/errors'
import { scopeOf } from '@/lib/server/ledger/types'
import type { Session } from '@/lib/server/session/current'

const GONE = 'The number was already gone when its account was read. Nothing was sent, so there is nothing to undo.'
const NOT_WRITTEN =
  'History cannot be written, so the return was not undone. Try again at once: it is sent when its time is over.'

/** From any session of the account; a return that was not sent for another reason stays so. @throws Problem */
export async function undoReturn(ctx: Context, session: Session, receiptId: string) {
  const found = isOwnId(receiptId) && (await ctx.ledger.undo(scopeOf(session), receiptId).catch(notUndone))
  if (!found) throw new Problem('no_receipt')
  return { receiptId, outcome: 'not_sent' as const }
}

function notUndone(error: unknown): never {
  if (error instanceof LedgerUnavailable) throw new Problem('ledger_unavailable', { detail: NOT_WRITTEN })
  if (!(error instanceof LedgerConflict)) throw error
  throw new Problem('too_late', error.present === 'already_gone' ? { detail: GONE } : {})
}
