import type { Difference, Near } from '@/lib/domain/inventory/listed'
import type { Obstacle } from '@/lib/domain/inventory/selection'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import type { NotANumber } from '@/lib/domain/text/phone'
import type { CheckedLine, LineStatus, Why } from './check'
import type { LineRole } from './table'

export const STATUS_WORDING: Record<LineStatus, string> = {
  held: 'Held',
  returned_before: 'Returned before',
  not_found: 'Not found',
  repeated: 'Repeated',
  several: 'Several meanings',
  extension: 'Extension',
  not_a_number: 'Not a number',
}

const REASONS: Record<NotANumber | LineRole, string | null> = {
  header: 'Header',
  total: 'Total',
  empty: 'The cell is empty',
  no_number: null,
  lost_digits: 'A spreadsheet rounded it, and its last digits are lost',
  letter_for_digit: 'It has the letter O for a zero, or I or l for a one',
  error_value: 'An error value of a spreadsheet',
  letters: 'Digits within other text',
  too_short: 'Too few digits',
  too_long: 'Too many digits for one number',
  date: 'A date',
  impossible: 'No country has numbers of this length',
}

const OBSTACLES: Record<Obstacle, string> = {
  in_two_accounts: 'In two accounts: it can’t be returned until it is in one',
  not_settled: 'It has a return that is in progress or unknown; see History',
  protected: 'It is protected: it can’t be returned until the protection is lifted',
  in_batch: 'It waits in a batch',
}

const DIFFERENCES: Record<Difference, string> = {
  short: 'a digit short of',
  long: 'a digit more than',
  wrong: 'one digit differs from',
  swapped: 'two digits are swapped in',
  letters: 'perhaps',
}

/** Similar numbers of one line that are shown. */
const MOST_NEAR = 3

function nearWording(numbers: readonly Near[]): string[] {
  const shown = numbers.slice(0, MOST_NEAR)
  const said = [...new Set(shown.map(({ difference }) => difference))].map((difference) => {
    const same = shown.filter((near) => near.difference === difference)
    return `${DIFFERENCES[difference]} ${same.map(({ number }) => number).join(', ')}`
  })
  return numbers.length > MOST_NEAR ? [...said, `and ${numbers.length - MOST_NEAR} more`] : said
}

function joined(parts: readonly (string | null)[]): string {
  const text = parts.filter((part) => part !== null).join('; ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** One phrase; empty where the status says it all. `at` writes a time (ISO 8601). */
export function whyWording(why: Why | null, at: (iso: string) => string): string {
  switch (why?.kind) {
    case 'obstacle':
      return OBSTACLES[why.obstacle]
    case 'return':
      return `${OUTCOME_WORDING[why.latest.outcome]} on ${at(why.latest.requestedAt)}`
    case 'near':
      return joined(nearWording(why.near))
    case 'no_country_code':
      return 'The list has no number in this form; write it with + and the country code'
    case 'same_as':
      return `As in line ${why.line}`
    case 'several':
      return why.meanings.map(({ number, listed }) => (listed ? number : `${number} (not in the list)`)).join(' or ')
    case 'extension':
      return `Extension ${why.extension}: if it is selected, the whole number is returned`
    case 'not_a_number':
      return joined([REASONS[why.reason], ...nearWording(why.near)])
    default:
      return ''
  }
}

export function holderOf({ row }: CheckedLine): string {
  return [...new Set([row?.account.name, row?.account.organizationName])].filter(Boolean).join(', ')
}

/** “Line 7: “5072001234”. Several meanings. +15072001234 or +5072001234.” */
export function lineSentence(line: CheckedLine, at: (iso: string) => string): string {
  const parts = [STATUS_WORDING[line.status], whyWording(line.why, at)].filter((part) => part !== '')
  return `Line ${line.line}: “${line.text}”. ${parts.join('. ')}.`
}
