import { debounce, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs'
import { ACCOUNT_STATES } from './rows'
import { ONLY, SORT_KEYS } from './view'

const push = { history: 'push' } as const

/** The whole view of the numbers page as its address holds it: it can be bookmarked, and Back undoes a choice. */
export const viewParams = {
  q: parseAsString.withDefault('').withOptions({ limitUrlUpdates: debounce(250) }),
  /** The search is too long for an address and stays in the tab. */
  long: parseAsBoolean.withDefault(false),
  org: parseAsString.withDefault('').withOptions(push),
  country: parseAsString.withDefault('').withOptions(push),
  state: parseAsStringLiteral(ACCOUNT_STATES).withOptions(push),
  only: parseAsStringLiteral(ONLY).withOptions(push),
  sort: parseAsStringLiteral(SORT_KEYS).withDefault('organization').withOptions(push),
  desc: parseAsBoolean.withDefault(false).withOptions(push),
  group: parseAsBoolean.withDefault(false).withOptions(push),
  view: parseAsStringLiteral(['churn']).withOptions(push),
  /** The number whose page is open, E.164. */
  number: parseAsString.withOptions(push),
}

/** Closes a number's page: Back then does not open it again. */
export const CLOSED = [{ number: null }, { history: 'replace' }] as const

export const NO_FILTER = { q: null, org: null, country: null, state: null, only: null } as const

/** Longer addresses are refused by servers and browsers, and a sign-in path repeats one in its query, encoded again. */
const LONGEST_SEARCH = 1200

export function fitsAddress(search: string): boolean {
  return search.length <= LONGEST_SEARCH && new URLSearchParams({ q: search }).toString().length <= LONGEST_SEARCH
}

export function chosenFilters({
  org,
  country,
  state,
  only,
}: Record<'org' | 'country' | 'state' | 'only', unknown>): number {
  return [org, country, state, only].filter(Boolean).length
}
