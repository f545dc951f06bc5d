import type { ProblemCode } from '../../domain/problems/codes.ts'

/** What OWASP ASVS 16.3 wants to find in a log by name; whatever else is refused is `refused`. */
const EVENTS: Partial<Record<ProblemCode, string>> = {
  token_malformed: 'sign_in_refused',
  token_too_long: 'sign_in_refused',
  token_refused: 'sign_in_refused',
  account_not_allowed: 'sign_in_refused',
  not_allowed: 'authority_refused',
  foreign_account: 'authority_refused',
  read_only: 'authority_refused',
  foreign_origin: 'foreign_request_refused',
  foreign_host: 'foreign_request_refused',
  too_many_tries: 'limit_reached',
  too_many_requests: 'limit_reached',
  too_many_returns: 'limit_reached',
}

export function refusedEvent(code: ProblemCode): string {
  return EVENTS[code] ?? 'refused'
}
