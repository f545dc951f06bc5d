import { createParser, debounce, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs'
import { ACCOUNT_STATES } from './rows'
import { SORT_KEYS } from './sort'
import { ONLY, UNSTATED } from './view'

const push = { history: 'push' } as const

/** Values that one filter takes; more would make the address too long. */
export const MOST_VALUES = 50

/** The values of a filter, separated by commas; what is none is left out. */
function parseAsValues<Value extends string>(isValue: (text: string) => text is Value) {
  return createParser<Value[]>({
    parse: (text) => [...new Set(text.split(',').filter(isValue))].slice(0, MOST_VALUES),
    serialize: (values) => values.join(','),
    eq: (one, other) => one.join(',') === other.join(','),
  })
    .withDefault([])
    .withOptions(push)
}

function oneOf<Value extends string>(known: readonly Value[]) {
  return (text: string): text is Value => known.some((value) => value === text)
}

const isId = (text: string): text is string => text !== '' && text.length <= 64
const isCountry = (text: string): text is string => text === UNSTATED || /^[A-Z]{2}$/.test(text)

/** The values with one more, if there is room, or without one that was there. */
export function toggled<Value extends string>(values: readonly Value[], value: Value): Value[] {
  if (values.includes(value)) return values.filter((each) => each !== value)
  return values.length < MOST_VALUES ? [...values, value] : [...values]
}

export const choiceParams = {
  org: parseAsValues(isId),
  country: parseAsValues(isCountry),
  state: parseAsValues(oneOf(ACCOUNT_STATES)),
  only: parseAsValues(oneOf(ONLY)),
  sort: parseAsStringLiteral(SORT_KEYS).withDefault('organization').withOptions(push),
  desc: parseAsBoolean.withDefault(false).withOptions(push),
  group: parseAsBoolean.withDefault(false).withOptions(push),
  view: parseAsStringLiteral(['churn', 'unused']).withOptions(push),
  /** The number whose page is open, E.164. */
  number: parseAsString.withOptions(push),
}

/** The whole view of the numbers page as its address holds it: it can be bookmarked, and Back undoes a choice. */
export const viewParams = {
  ...choiceParams,
  q: parseAsString.withDefault('').withOptions({ limitUrlUpdates: debounce(250) }),
  /** The search is too long for an address and stays in the tab. */
  long: parseAsBoolean.withDefault(false),
}

/** Closes a number's page: Back then does not open it again. */
export const CLOSED = [{ number: null }, { history: 'replace' }] as const

export const NO_FILTER = { q: null, org: null, country: null, state: null, only: null } as const

/** Longer addresses are refused by servers and browsers, and a sign-in path repeats one in its query, encoded again. */
const LONGEST_SEARCH = 1200

export function fitsAddress(search: string): boolean {
  return search.length <= LONGEST_SEARCH && new URLSearchParams({ q: search }).toString().length <= LONGEST_SEARCH
}
