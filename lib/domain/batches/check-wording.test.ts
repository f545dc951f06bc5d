import { expect, test } from 'vitest'
import type { CheckedLine, Why } from './check'
import { linesCsv } from './check-csv'
import { lineSentence, whyWording } from './check-wording'

const AT = (iso: string) => iso.slice(0, 10)
const near = (last: number, difference: 'short' | 'swapped' = 'short') => ({ number: `+1212555010${last}`, difference })
const latest = {
  number: '+12125550101',
  receiptId: 'R-1',
  outcome: 'returned',
  requestedAt: '2026-11-27T10:21:00Z',
} as const

test.each<[string, Why | null]>([
  ['', null],
  ['', { kind: 'not_a_number', reason: 'no_number', near: [] }],
  ['Header', { kind: 'not_a_number', reason: 'header', near: [] }],
  ['An error value of a spreadsheet', { kind: 'not_a_number', reason: 'error_value', near: [] }],
  ['It waits in a batch', { kind: 'obstacle', obstacle: 'in_batch' }],
  ['Returned on 2026-11-27', { kind: 'return', latest }],
  ['As in line 3', { kind: 'same_as', line: 3 }],
  ['A digit short of +12125550101', { kind: 'near', near: [near(1)] }],
  [
    'A digit short of +12125550101, +12125550102; two digits are swapped in +12125550103; and 2 more',
    { kind: 'near', near: [near(1), near(2), near(3, 'swapped'), near(4), near(5)] },
  ],
  [
    'It has the letter O for a zero, or I or l for a one; perhaps +12125550100',
    {
      kind: 'not_a_number',
      reason: 'letter_for_digit',
      near: [{ number: '+12125550100', difference: 'letters' }],
    },
  ],
  [
    '+15072001234 (not in the list) or +5072001234',
    {
      kind: 'several',
      meanings: [
        { number: '+15072001234', listed: false },
        { number: '+5072001234', listed: true },
      ],
    },
  ],
])('a line says %j', (words, why) => expect(whyWording(why, AT)).toBe(words))

const LINE: CheckedLine = {
  id: 0,
  line: 7,
  text: '=1+1; 212',
  readAs: '+12125550101',
  row: null,
  status: 'returned_before',
  why: { kind: 'return', latest },
  canBeChosen: false,
}

test('a line is copied as a sentence, and exported with its receipt and without a formula', () => {
  expect(lineSentence(LINE, AT)).toBe('Line 7: “=1+1; 212”. Returned before. Returned on 2026-11-27.')
  expect(linesCsv([LINE], AT)).toBe(
    '\ufeffLine,What stood there,Read as,Held by,Status,Reason,Receipt\r\n' +
      "7,'=1+1; 212,+12125550101,,Returned before,Returned on 2026-11-27,R-1\r\n",
  )
})
