import { expect, test } from 'vitest'
import { frontDesk, held } from '@/lib/domain/accounts/testing/account-numbers'
import { rememberFound } from './found'
import { joinInventory } from './rows'
import { sortRows } from './sort'
import { EMPTY_STATE } from './state'
import { filterRows } from './view'

const NOTHING_SHOWN = { countryNames: () => ['Sweden'], stateWording: () => ['Active'] }
const NO_MARKS = new Map()
const NO_FILTER = { org: [], country: [], state: [], only: [] }
const numbers = ['+4612345', '+4612399', '+12125550142', '+442071838750'].map((number) => held(number))
const list = joinInventory(
  { readAt: '2026-11-24T00:00:00.000Z', accounts: [{ account: frontDesk({ name: 'Sven 12' }), numbers }] },
  EMPTY_STATE,
)
const rows = sortRows(list, 'number', false)

test('each key finds what a search for the whole text finds, also where it finds more than the text before', () => {
  const texts = ['1', '12', '123', '12', '1', '', '0', '00', '004', '0044', '00442', 'sw', 'swe', 'sw', '12', '12 3']
  const find = rememberFound(NOTHING_SHOWN)
  for (const q of texts) {
    const filter = { ...NO_FILTER, q }
    expect(find(rows, filter, NO_MARKS), q).toEqual(filterRows(rows, filter, NO_MARKS, NOTHING_SHOWN))
  }
})

test('what was found is given again while nothing else changes', () => {
  const find = rememberFound(NOTHING_SHOWN)
  const found = find(rows, { ...NO_FILTER, q: '12' }, NO_MARKS)
  find(rows, { ...NO_FILTER, q: '123' }, NO_MARKS)
  expect(find(rows, { ...NO_FILTER, q: '12' }, NO_MARKS)).toBe(found)
  expect(find(rows.slice(1), { ...NO_FILTER, q: '12' }, NO_MARKS)).not.toBe(found)
})
