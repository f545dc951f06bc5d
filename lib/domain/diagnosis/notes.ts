/** A limit makes the verdict “works with limits”; the rest is what a person may want to know. */
interface Note {
  isLimit?: true
  text: string
}

const NOTES = {
  role_stated: { text: 'Vida states what this account is.' },
  role_found: { text: 'Vida does not state what this account is; its lists show it.' },
  role_unknown: {
    isLimit: true,
    text: 'Vida does not state what this account is, and its lists do not show it: it may return numbers only where the operator sets ALLOW_UNKNOWN_ROLE=1.',
  },
  root_unknown: {
    isLimit: true,
    text: 'Vida does not state where the hierarchy of this account begins: the list stays empty, and a number can be returned by hand alone.',
  },
  unauthorized: { isLimit: true, text: 'Vida does not accept the token. Make a new one, or copy it again.' },

  inactive_hidden: { text: 'Inactive entries are hidden unless asked for; the app asks for them.' },
  inactive_listed: { text: 'Inactive entries are in the plain list, too.' },
  inactive_unseen: {
    text: 'No inactive entry was seen, so whether they are hidden is not known; the app asks for them.',
  },
  active_ignored: { text: 'The filter for inactive entries is ignored: the same list comes with and without it.' },
  state_unstated: { text: 'Entries do not say whether they are active; the list that has them decides.' },
  pages: { text: 'The list comes in pages.' },
  one_answer: { text: 'The list came in one answer.' },
  long_list: { text: 'The list is long: only its first pages were read here.' },
  empty_list: { text: 'The list is empty.' },

  numbers_whole: { text: 'Numbers come whole, in one answer for each account.' },
  numbers_paged: { text: 'Numbers come in pages with a total.' },
  numbers_unproved: {
    isLimit: true,
    text: 'Numbers come in pages without a total: that a number is gone is believed only after two equal readings.',
  },
  numbers_unseen: {
    isLimit: true,
    text: 'None of the accounts that were read holds a number, so how numbers are written was not seen.',
  },
  odd_entries: {
    isLimit: true,
    text: 'Some entries are no numbers in E.164: the app shows the others and names the account as not completely read.',
  },
  not_offered: {
    isLimit: true,
    text: 'Vida offers no lists of numbers here: the app shows the main number of each account, and says so.',
  },
  numbers_nowhere: { text: 'Accounts do not state a main number either: the app cannot show any number.' },

  use_told: {
    text: 'Calls and texts are listed for the account that was asked for: the app says when a number, or its agent, was last used.',
  },
  use_empty: {
    text: 'Nothing is listed for the accounts that were read, so it is not known whether Vida tells accounts apart.',
  },
  use_foreign: {
    text: 'Vida lists calls or texts of other accounts or numbers than those asked for. The app does not ask for them, and says that Vida does not say when a number was last used.',
  },
  use_not_offered: {
    text: 'Vida does not offer this here. The app does not ask for it. Without both lists it says that Vida does not say when a number was last used.',
  },

  read_refused: { isLimit: true, text: 'Vida refused it. The token may lack the right to read this.' },
  read_failed: { isLimit: true, text: 'Vida failed (status 5xx), also when it was asked again. Try later.' },
  read_timed_out: { isLimit: true, text: 'Vida did not answer in time. Try later.' },
  read_busy: { isLimit: true, text: 'Vida went on saying that it is busy until the time limit. Try later.' },
  read_unreachable: { isLimit: true, text: 'Vida could not be reached. Check the network and VIDA_API_BASE_URL.' },
  answer_too_large: { isLimit: true, text: 'An answer was too large to be read.' },
  unknown_shape: { isLimit: true, text: 'An answer has a shape that the app does not know. Send the report.' },
  pages_repeat: { isLimit: true, text: 'The same page came again: further pages cannot be read. Send the report.' },
  pages_endless: { isLimit: true, text: 'The pages did not end. Send the report.' },
  list_short: { isLimit: true, text: 'Fewer entries came than Vida’s own total says. Send the report.' },
  list_changed: { isLimit: true, text: 'The list changed while it was read. Run it again.' },
  entry_unreadable: { isLimit: true, text: 'An entry could not be read. Send the report.' },

  no_rate_limit: { text: 'No rate limit was seen in these calls.' },
  rate_limit: {
    isLimit: true,
    text: 'Vida limits the rate (429) and does not say when to come again: reading takes longer.',
  },
  rate_limit_says_when: {
    isLimit: true,
    text: 'Vida limits the rate (429) and says when to come again: reading takes longer.',
  },
  stopped_early: { isLimit: true, text: 'The limit of calls or of time was reached before everything was asked.' },
  nothing_below: { isLimit: true, text: 'Nothing was found below this account, so most of the API was not seen.' },
} as const satisfies Record<string, Note>

export type NoteCode = keyof typeof NOTES

export function noteOf(code: NoteCode): Note {
  return NOTES[code]
}
