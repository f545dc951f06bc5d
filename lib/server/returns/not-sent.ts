import 'server-only'
import type { ProblemCode } from '@/lib/domain/problems/codes'
import type { Proof } from '@/lib/domain/returns/record'
import { Problem } from '@/lib/server/http/problem'

const TOO_LATE = 'It took too long until this return could be sent. Nothing was sent. Try again.'
const NEVER_CONNECTED = 'No connection to Vida could be made, so nothing was sent. Try again in a minute.'
const ELSEWHERE =
  'Another account that may return this number is returning it, has just returned it, or does not know yet what came of its return. Nothing was sent. Refresh the list in a few minutes: if the number is still there, try again, or ask the person who returned it to settle it in History.'

/** The problem that a return without a request is answered with, by the last event of its record. */
export function problemOfNotSent(how: Proof): Problem {
  switch (how) {
    case 'undone':
    case 'stopped':
    case 'signed_out':
    case 'read_only':
    case 'protected':
      return new Problem(how)
    case 'too_old':
      return new Problem('confirmation_too_old')
    case 'held_elsewhere':
      return new Problem('return_in_progress', { detail: ELSEWHERE })
    case 'role_changed':
      return new Problem('not_allowed')
    case 'account_not_found':
      return new Problem('foreign_account')
    case 'in_two_accounts':
      return new Problem('number_in_two_accounts')
    case 'unreadable_before':
      return new Problem('account_unreadable')
    case 'not_checked':
      return new Problem('vida_unreachable')
    case 'too_busy':
      return new Problem('too_many_requests')
    case 'never_connected':
      return new Problem('vida_unreachable', { detail: NEVER_CONNECTED })
    case 'server_stopped':
      return new Problem('stopping')
    default:
      return new Problem('ledger_unavailable', { detail: TOO_LATE })
  }
}

const PROOFS: Partial<Record<ProblemCode, Proof>> = {
  foreign_account: 'account_not_found',
  number_in_two_accounts: 'in_two_accounts',
  account_unreadable: 'unreadable_before',
  vida_unreachable: 'not_checked',
  too_many_requests: 'too_busy',
  vida_not_understood: 'unreadable_before',
  signed_out: 'signed_out',
  not_allowed: 'role_changed',
  read_only: 'read_only',
  stopping: 'server_stopped',
}

export function proofOfNotSent(error: unknown): Proof {
  return (error instanceof Problem ? PROOFS[error.code] : undefined) ?? 'not_recorded'
}
