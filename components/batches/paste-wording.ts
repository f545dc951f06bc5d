import type { ComparedPaste } from '@/lib/domain/batches/paste'
import type { Difference, Near } from '@/lib/domain/inventory/listed'
import type { NotANumber } from '@/lib/domain/text/phone'

const REASONS: Record<NotANumber, string | null> = {
  no_number: null,
  lost_digits: 'a spreadsheet rounded it, and its last digits are lost',
  letter_for_digit: 'it has the letter O for a zero, or I or l for a one',
  error_value: 'an error value of a spreadsheet',
  letters: 'digits within other text',
  too_short: 'too few digits',
  too_long: 'too many digits for one number',
  date: 'a date',
  impossible: 'no country has numbers of this length',
}

const DIFFERENCES: Record<Difference, string> = {
  short: 'a digit short of',
  long: 'a digit more than',
  wrong: 'one digit differs from',
  swapped: 'two digits are swapped in',
  letters: 'perhaps',
}

/** Similar numbers of one entry that are shown. */
const MOST_NEAR = 3

function nearWording(numbers: readonly Near[]): string[] {
  const shown = numbers.slice(0, MOST_NEAR)
  const said = [...new Set(shown.map(({ difference }) => difference))].map((difference) => {
    const same = shown.filter((near) => near.difference === difference)
    return `${DIFFERENCES[difference]} ${same.map(({ number }) => number).join(', ')}`
  })
  return numbers.length > MOST_NEAR ? [...said, `and ${numbers.length - MOST_NEAR} more`] : said
}

export function nearLine({ text, numbers }: ComparedPaste['near'][number]): string {
  return `${text}: ${nearWording(numbers).join(', ')}`
}

export function notNumberLine({ text, reason, numbers }: ComparedPaste['notNumbers'][number]): string {
  const said = [REASONS[reason], ...nearWording(numbers)].filter((part) => part !== null).join(', ')
  return said === '' ? text : `${text}: ${said}`
}

export function severalLine({ text, numbers }: ComparedPaste['several'][number]): string {
  return `${text}: ${numbers.map(({ number, listed }) => (listed ? number : `${number} (not in the list)`)).join(', ')}`
}
