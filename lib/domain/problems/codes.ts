/**
 * The one place where codes become words. A code is stable (contract, clients, tests); title and detail are for people
 * and say what happened, what it means, and what to do.
 */
export const PROBLEMS = {
  // Session and request
  signed_out: [401, 'Signed out', 'Your session has ended. Sign in again to go on.'],
  token_malformed: [400, 'That is not a token', 'Paste the Vida API token as one line without spaces.'],
  token_too_long: [
    400,
    'Token too long',
    'This token is longer than 2,500 bytes. Check that only the token was pasted.',
  ],
  token_refused: [
    401,
    'Vida refused the token',
    'Vida does not accept this token. Check that it is complete and still active in Vida.',
  ],
  too_many_tries: [429, 'Too many tries', 'There were too many sign-in tries. Wait a moment, then try again.'],
  foreign_origin: [
    403,
    'Request from another site',
    'The request did not come from this app’s own pages. Reload the page and try again.',
  ],
  foreign_host: [
    421,
    'Unknown host name',
    'This app does not answer under this host name. Open it under the address that it was set up with.',
  ],
  not_json: [415, 'JSON expected', 'Send the body as application/json.'],
  malformed: [400, 'Malformed request', 'The request was not in the expected form. Nothing was done.'],
  body_too_large: [413, 'Request too large', 'The request is larger than this address takes. Nothing was done.'],
  method_not_allowed: [405, 'Method not allowed', 'This address does not take that method.'],
  not_found: [404, 'Not found', 'There is nothing under this address.'],
  internal: [
    500,
    'Something broke here',
    'The app failed on its own. Nothing was sent to Vida by this request unless the history shows it. Try again.',
  ],
  database_unavailable: [
    503,
    'Database cannot be reached',
    'The app’s own database does not answer, so nothing was done. Try again in a minute.',
  ],
  turn_lost: [
    503,
    'Stopped before its turn',
    'The app was stopped when the turn of this number came. Nothing was sent for it.',
  ],
  stopping: [503, 'Shutting down', 'The app is being restarted. Nothing was sent. Try again in a minute.'],

  // Vida
  vida_nonsense: [
    502,
    'Vida’s answer made no sense',
    'Vida answered in a way that this app does not understand. Try again later; if it stays, tell the operator.',
  ],
  vida_unreachable: [
    503,
    'Vida cannot be reached',
    'Vida cannot be reached, or is busy. Nothing was changed. Try again in a minute.',
  ],

  // Reading the inventory
  no_inventory: [404, 'No inventory kept yet', 'There is no complete inventory of this account yet.'],
  scope_unknown: [
    200,
    'Scope unknown',
    'Vida does not say which account this token belongs to, so there is nothing to list. Sign in with a reseller’s token to see its numbers.',
  ],
  numbers_not_offered: [
    200,
    'Number lists not offered',
    'This Vida installation does not list an account’s numbers. Shown is the one main number that each account names; there may be more.',
  ],
  account_unreadable: [
    502,
    'Account could not be read',
    'The account could not be read just now, so it is not known whether it still holds the number. Nothing was sent. Try again in a minute.',
  ],
  read_refused: [200, 'Vida refused the read', 'Vida does not let this token read it.'],
  read_failed: [200, 'Vida failed', 'Vida failed three times in a row.'],
  read_timed_out: [200, 'Vida was too slow', 'Vida did not answer in time.'],
  read_busy: [200, 'Vida is busy', 'Vida kept asking to slow down until the time for this read was over.'],
  read_unreachable: [200, 'Vida cannot be reached', 'The connection to Vida failed.'],
  unknown_shape: [200, 'Answer not understood', 'Vida answered in a shape that this app does not know.'],
  answer_too_large: [200, 'Answer too large', 'Vida’s answer was larger than 10 MB and was cut off.'],
  pages_repeat: [200, 'Pages repeat', 'Vida sent the same page again and again, so the rest is unknown.'],
  pages_endless: [200, 'Too many pages', 'Vida’s list did not end within the bound, so the rest is unknown.'],
  list_short: [200, 'List shorter than stated', 'Vida stated more entries than it sent, so some are missing.'],
  list_changed: [200, 'List changed meanwhile', 'Vida’s list changed while it was read, so something may be missing.'],
  scan_too_long: [200, 'Reading took too long', 'Reading was ended after its time limit, so the rest is unknown.'],
  reader_too_slow: [
    200,
    'Connection too slow',
    'This page took in the answer too slowly, so reading was ended. Refresh to start again.',
  ],
  scan_stopped: [
    200,
    'Reading was stopped',
    'The app is being restarted, so reading was ended. Refresh to start again.',
  ],

  // Returning
  invalid_number: [
    400,
    'Not a phone number',
    'That is not a phone number in international form, such as +12145551234. Nothing was sent.',
  ],
  invalid_account: [400, 'Not an account id', 'The account id is not in a form that Vida uses. Nothing was sent.'],
  not_allowed: [403, 'This token may not return numbers', 'Returning needs a reseller’s token. Nothing was sent.'],
  foreign_account: [403, 'Not your account', 'This account is not below the signed-in one. Nothing was sent.'],
  return_in_progress: [
    409,
    'Already being returned',
    'This number is being returned right now, from here or another window. Nothing more was sent; see History.',
  ],
  return_unsettled: [
    409,
    'Earlier return not settled',
    'An earlier return of this number has an unknown outcome. Nothing more was sent; settle it in History first.',
  ],
  number_in_two_accounts: [
    409,
    'Number in two accounts',
    'Vida lists this number in two accounts. It can’t be returned until it is in one. Nothing was sent.',
  ],
  ledger_unavailable: [
    503,
    'Record cannot be written',
    'The record of returns cannot be written, so nothing was sent. Tell the operator; try again when it is mended.',
  ],
  batch_size: [400, 'Wrong number of numbers', 'There are too many numbers for one batch, or none. Nothing was sent.'],
  list_too_long: [
    413,
    'List too long',
    'This list is longer than 400,000 characters. Nothing was read of it. Paste it in parts, or only the column with the numbers.',
  ],
  number_twice: [400, 'Number given twice', 'A number stands in the batch twice. Nothing was sent.'],
  no_receipt: [
    404,
    'No such receipt',
    'There is no such receipt in the history of this account. It may belong to another account.',
  ],
  no_batch: [
    404,
    'No such batch',
    'There is no such batch in the history of this account. It may belong to another account.',
  ],
  not_unknown: [409, 'Already settled', 'This return is settled. There is nothing left to check or to mark.'],
  too_early_to_mark: [
    409,
    'Too early',
    'A return can be marked as not returned only five minutes after it was sent. Nothing was changed; try again then.',
  ],
} as const satisfies Record<string, readonly [status: number, title: string, detail: string]>

export type ProblemCode = keyof typeof PROBLEMS

/** The words for a code: HTTP status, a short title, and a sentence a person can act on. */
export function problemWording(code: ProblemCode): { status: number; title: string; detail: string } {
  const [status, title, detail] = PROBLEMS[code]
  return { status, title, detail }
}
