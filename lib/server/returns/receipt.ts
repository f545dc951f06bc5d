import 'server-only'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { isOwnId } from '@/lib/server/http/own-id'
import { Problem } from '@/lib/server/http/problem'
import type { Session } from '@/lib/server/session/current'
import { ledger, scopeOf } from './current-ledger'

/** One receipt of the session's account, as it stands. @throws Problem `no_receipt`, also for what can be no id. */
export async function readReceipt(session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = isOwnId(receiptId) ? await (await ledger()).get(scopeOf(session), receiptId) : null
  if (!record) throw new Problem('no_receipt')
  return record
}
