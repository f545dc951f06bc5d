import 'server-only'

/** A subscriber's own digits in the shortest plans; prefixes before them differ with how a number is written. */
const OWN_DIGITS = 7

/** Whether digits without a sure country code may mean `number` (E.164): one ends with the other, or both end alike. */
export function couldBe(digits: string, number: string): boolean {
  const known = number.replace(/\D/g, '')
  const given = digits.replace(/^0+/, '')
  if (given === '') return false
  if (known.endsWith(given) || given.endsWith(known)) return true
  return given.length >= OWN_DIGITS && known.endsWith(given.slice(-OWN_DIGITS))
}
