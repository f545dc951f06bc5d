import { expect, test } from 'vitest'
import { nearLine, notNumberLine } from './paste-wording'

const near = (last: number, difference: 'short' | 'swapped' = 'short') => ({ number: `+1212555010${last}`, difference })

test('a line names three similar numbers, each with what differs, and counts the others', () => {
  expect(nearLine({ text: '212555010', numbers: [near(1)] })).toBe('212555010: a digit short of +12125550101')
  expect(nearLine({ text: '212555010', numbers: [near(1), near(2), near(3, 'swapped'), near(4), near(5)] })).toBe(
    '212555010: a digit short of +12125550101, +12125550102, two digits are swapped in +12125550103, and 2 more',
  )
})

test('a line says why a text is no number, or just the text where it says it itself', () => {
  expect(notNumberLine({ text: 'Front desk', reason: 'no_number', numbers: [] })).toBe('Front desk')
  expect(notNumberLine({ text: '#N/A', reason: 'error_value', numbers: [] })).toBe(
    '#N/A: an error value of a spreadsheet',
  )
  const numbers = [{ number: '+12125550100', difference: 'letters' as const }]
  expect(notNumberLine({ text: '+1212555010O', reason: 'letter_for_digit', numbers })).toBe(
    '+1212555010O: it has the letter O for a zero, or I or l for a one, perhaps +12125550100',
  )
})
