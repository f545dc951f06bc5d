/** The wording of every problem: a stable code, its HTTP status, a title, and a sentence that a person can act on. */
export const PROBLEMS = {
  signed_out: [401, 'Signed out', 'Your session has ended. Sign in again to continue.'],
  token_malformed: [400, 'Not a token', 'Paste the Vida API token as one line without spaces.'],
  token_too_long: [400, 'Token too long', 'This token is longer than 2,500 bytes. Paste only the token.'],
  token_refused: [401, 'Vida refused the token', 'Vida refused this token. Check that it is complete and active.'],
  account_not_allowed: [
    403,
    'Account not admitted',
    'Vida knows this token, but its account may not use this app. Ask your administrator to add it to ALLOWED_ACCOUNT_IDS.',
  ],
  operator_required: [400, 'Name missing', 'Type your name. This app does not let anybody sign in without one.'],
  too_many_tries: [429, 'Too many attempts', 'There were too many attempts to sign in. Wait a minute, then try again.'],
  foreign_origin: [403, 'Foreign request', 'The request came from another site. Reload the page and try again.'],
  foreign_host: [421, 'Unknown host name', 'This app is set up under another address. Open it there.'],
  not_json: [415, 'JSON expected', 'Send the body as application/json.'],
  malformed: [400, 'Malformed request', 'The request was not in the expected form. Nothing was done.'],
  body_too_large: [413, 'Request too large', 'The request is too large. Nothing was done.'],
  too_many_requests: [
    429,
    'Too many requests',
    'Too much is being read with this token at the moment. Nothing was done. Close other tabs, or try again in a few seconds.',
  ],
  method_not_allowed: [405, 'Method not allowed', 'This address does not accept that method.'],
  not_found: [404, 'Not found', 'There is nothing at this address.'],
  internal: [
    500,
    'The app failed',
    'The app failed. Nothing was sent to Vida by this request unless History shows it. Try again.',
  ],
  database_unavailable: [503, 'Database not available', 'The app’s database failed. Nothing was done. Try again.'],
  server_stopped: [
    503,
    'App stopped',
    'The app was stopped before it sent this return. Nothing was sent for this number.',
  ],
  stopping: [503, 'App restarting', 'The app is restarting. Nothing was sent. Try again in a minute.'],

  vida_not_understood: [
    502,
    'Answer not understood',
    'Vida sent an answer that this app does not understand. Try again later. If it happens again, tell your administrator.',
  ],
  vida_unreachable: [503, 'Vida not available', 'Vida cannot be reached or is busy. Nothing was changed. Try again.'],

  no_inventory: [404, 'No inventory yet', 'The numbers of this account have not been read completely yet.'],
  scope_unknown: [
    200,
    'Account unknown',
    'Vida does not say which role this token has, and its lists do not show it, so no numbers can be listed. Press Refresh to ask again, or sign in with a reseller’s token.',
  ],
  numbers_not_offered: [
    200,
    'Only main numbers',
    'This Vida installation does not list an account’s numbers. Only each account’s main number is shown; there may be more.',
  ],
  account_unreadable: [
    502,
    'Account could not be read',
    'The account could not be read, so it is not known whether it still has the number. Nothing was sent. Try again in a minute.',
  ],
  read_refused: [200, 'Vida refused', 'Vida does not let this token read this account or organization.'],
  read_failed: [200, 'Vida failed', 'Vida failed three times.'],
  read_timed_out: [200, 'Vida too slow', 'Vida did not answer in time.'],
  read_busy: [200, 'Vida busy', 'Vida was too busy to answer in time.'],
  read_unreachable: [200, 'Vida not available', 'The connection to Vida failed.'],
  unknown_shape: [200, 'Answer not understood', 'Vida sent an answer that this app does not understand.'],
  answer_too_large: [
    200,
    'Answer too large',
    'Vida’s answer was too large to be read: over 10 MB, 20,000 entries, or 10,000 numbers of one account.',
  ],
  pages_repeat: [200, 'Pages repeat', 'Vida sent the same page more than once, so some numbers may be missing.'],
  pages_endless: [200, 'Too many pages', 'Vida’s list has too many pages, so some numbers may be missing.'],
  entry_unreadable: [
    200,
    'Entry not understood',
    'Vida lists something for this account that is not a phone number, so a number may be missing here.',
  ],
  list_short: [200, 'List too short', 'Vida sent fewer entries than it announced, so some are missing.'],
  list_changed: [200, 'List changed', 'Vida’s list changed while it was read, so some entries may be missing.'],
  scan_too_long: [
    200,
    'Reading took too long',
    'Reading took too long and was stopped, so some numbers may be missing.',
  ],
  use_too_long: [
    200,
    'Reading took too long',
    'Reading took too long and was stopped, so it is not known when some numbers were used.',
  ],
  scan_stopped: [200, 'Reading stopped', 'The app is restarting, so reading was stopped. Press Refresh.'],

  invalid_number: [
    400,
    'Not a phone number',
    'That is not a phone number. Write it in full, for example +12145551234. Nothing was sent.',
  ],
  invalid_account: [400, 'Not an account id', 'That is not an account id of Vida. Nothing was sent.'],
  reason_required: [400, 'Reason missing', 'A reason is required here. Nothing was sent.'],
  not_allowed: [
    403,
    'This token may not return numbers',
    'Only a reseller’s token can return; one whose role is unknown only where the operator sets ALLOW_UNKNOWN_ROLE=1. Nothing was sent.',
  ],
  read_only: [
    403,
    'Read-only',
    'This app is set to return nothing, until its operator sets READ_ONLY=0. Nothing was sent.',
  ],
  foreign_account: [403, 'Not your account', 'This account is not one of yours. Nothing was sent.'],
  protected: [
    403,
    'Protected',
    'This number is protected, itself or by its agent account or organization. Nothing was sent. Lift the protection first.',
  ],
  already_protected: [409, 'Already protected', 'Nothing was changed: it is protected already. Reload the page.'],
  too_many_protections: [
    409,
    'Too many protections',
    'Nothing was changed: this account has 10,000 protections. Protect an agent account or an organization in place of its numbers.',
  ],
  no_protection: [404, 'Protection not found', 'This account has no such protection, or it was lifted already.'],
  return_in_progress: [409, 'Return in progress', 'This number is being returned. Nothing more was sent. See History.'],
  return_unsettled: [
    409,
    'Earlier return not settled',
    'An earlier return of this number has an unknown outcome. Nothing more was sent. Settle it in History first.',
  ],
  number_in_two_accounts: [
    409,
    'Number in two accounts',
    'Vida lists this number in two accounts. It can’t be returned until it is in one. Nothing was sent.',
  ],
  undone: [409, 'Undone', 'This return was undone before it was sent. Nothing was sent.'],
  stopped: [409, 'Stopped', 'The batch was stopped before this return was sent. Nothing was sent.'],
  confirmation_too_old: [
    409,
    'Confirmation too old',
    'More than two minutes passed before this return could be sent. Nothing was sent. Confirm it again.',
  ],
  request_reused: [
    409,
    'Request id used before',
    'Another return was confirmed with this request id. Nothing more was sent. Reload the page and try again.',
  ],
  too_many_returns: [
    429,
    'Too many returns',
    'Too many returns of this token are under way or began in the last minute. Nothing was sent. Try again when some have ended.',
  ],
  too_late: [
    409,
    'Too late',
    'The request was already sent, so this return can’t be undone. Its receipt says what came of it.',
  ],
  ledger_unavailable: [503, 'History not available', 'History cannot be written. Nothing was sent. Try again later.'],
  batch_size: [400, 'Wrong batch size', 'The batch has too many numbers, or none. Nothing was sent.'],
  list_too_long: [
    413,
    'List too long',
    'This list is longer than 400,000 characters and was not read. Paste it in parts, or only the column with the numbers.',
  ],
  number_twice: [400, 'Number repeated', 'The batch contains a number twice. Nothing was sent.'],
  no_receipt: [404, 'Receipt not found', 'This account has no such receipt. It may belong to another account.'],
  no_batch: [404, 'Batch not found', 'This account has no such batch. It may belong to another account.'],
  too_many_notes: [409, 'Too many notes', 'This receipt has 100 notes, and takes no more.'],
  not_unknown: [409, 'Already settled', 'The outcome of this return is already known.'],
  too_early_to_mark: [409, 'Too early', 'Nothing was changed. A return can be marked five minutes after it was sent.'],
} as const satisfies Record<string, readonly [status: number, title: string, detail: string]>

export type ProblemCode = keyof typeof PROBLEMS

export function problemWording(code: ProblemCode): { status: number; title: string; detail: string } {
  const [status, title, detail] = PROBLEMS[code]
  return { status, title, detail }
}
