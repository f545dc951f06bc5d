import { describe, expect, test } from 'vitest'
import type { Account, AssignedNumber } from '@/lib/domain/accounts/account'
import { held, makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import { joinInventory } from './rows'
import { isSearch, type ShownWording, searchFor } from './search'
import { EMPTY_STATE } from './state'

const COUNTRIES: Record<string, string[]> = {
  US: ['United States', 'Vereinigte Staaten'],
  DE: ['Germany', 'Deutschland'],
  GB: ['United Kingdom'],
  CI: ['Côte d’Ivoire'],
}
const shown: ShownWording = {
  countryNames: (code) => COUNTRIES[code] ?? [],
  stateWording: (state) =>
    ({ active: ['Active'], inactive: ['Inactive'], cancelled: ['Cancelled', 'Canceled'], unstated: [] })[state],
}

/** A number of an account of its own. */
function line(number: string, about: Partial<AssignedNumber> = {}, account: Partial<Account> = {}) {
  return { account: makeAccount(number.slice(-6), account), numbers: [{ ...held(number), ...about }] }
}

const DALLAS = '+12145550105'
const DALLAS_55 = '+12145550155'
const LONDON = '+442079460101'
const SHEFFIELD = '+441144960101'
const BERLIN = '+493023125101'
const lines = [
  line(DALLAS, { national: '(214) 555-0105', country: 'US', label: 'Line 5', provider: 'telnyx', sms: true }),
  line(DALLAS_55, { national: '(214) 555-0155', country: 'US', label: 'Line 55', sms: false }, { active: false }),
  line(LONDON, { national: '020 7946 0101', country: 'GB' }, { name: 'Front desk 5' }),
  line(SHEFFIELD, { national: '0114 496 0101', country: 'GB' }, { canceledAt: '2024-06-01T00:00:00.000Z' }),
  line(
    BERLIN,
    { national: '030 23125101', country: 'DE' },
    { name: 'Büro Großmarkt', organizationName: 'Müller & Söhne' },
  ),
]
const rows = joinInventory({ readAt: '2026-11-24T00:00:00.000Z', accounts: lines }, EMPTY_STATE).accounts.flatMap(
  (account) => account.rows,
)
const found = (query: string) => rows.filter(searchFor(query, shown) ?? (() => true)).map(({ number }) => number)

describe('the search finds a row', () => {
  test.each([
    ['germany', [BERLIN]],
    ['Deutschland', [BERLIN]],
    ['united states', [DALLAS, DALLAS_55]],
    ['UnitedStates', [DALLAS, DALLAS_55]],
    ['kingdom front', [LONDON]],
    ['USA', [DALLAS, DALLAS_55]],
    ['UK front', [LONDON]],
    ['GB', [LONDON, SHEFFIELD]],
  ])('by its country’s name, in English and in the person’s language: %s', (query, expected) => {
    expect(found(query)).toEqual(expected)
  })

  test('by its account’s id alone, whatever else has those digits', () => {
    const id = LONDON.slice(-6)
    expect(found(`account:${id}`)).toEqual([LONDON])
    expect(found(`Account:${id} front`)).toEqual([LONDON])
    expect(found('account:10')).toEqual([])
    expect(found('10')).toContain(LONDON)
  })

  test('by its country’s code only in capitals, and by whatever else has those letters', () => {
    expect(found('DE')).toEqual([LONDON, BERLIN])
    expect(found('de')).toEqual([LONDON])
  })

  test('by the beginning of a country’s words, not by any letters within them, nor by one or two', () => {
    expect(found('germ')).toEqual([BERLIN])
    expect(found('many')).toEqual([])
    expect(found('de germany')).toEqual([])
  })

  test.each([
    ['cancelled', [SHEFFIELD]],
    ['canceled', [SHEFFIELD]],
    ['inactive', [DALLAS_55]],
    ['active', [DALLAS, LONDON, BERLIN]],
    ['active germany', [BERLIN]],
  ])('by its account’s state: %s', (query, expected) => expect(found(query)).toEqual(expected))

  test('by what is said of SMS', () => {
    expect(found('SMS')).toEqual([DALLAS])
    expect(found('no SMS')).toEqual([DALLAS_55])
    expect(found('no sms line')).toEqual([DALLAS_55])
  })

  test.each([
    '0044 20 7946',
    '0044 (0)20 7946',
    '011 44 20',
    '+44 20',
    '+44 (0)20',
    'tel:+44-20-7946-0101',
    '020 7946',
    '+٤٤ ٢٠ ٧٩٤٦',
    '０２０ ７９４６',
    '०२०७९४६०१०१',
  ])('by its number as it is dialled from anywhere: %s', (query) => expect(found(query)).toEqual([LONDON]))

  test('by digits that only look like a way abroad', () => {
    expect(found('0114 496')).toEqual([SHEFFIELD])
    expect(found('0105')).toEqual([DALLAS])
  })

  test.each(['müller', 'Mueller', 'MULLER', 'soehne muller', 'sohne', 'buero grossmarkt', 'Großmarkt'])(
    'by a German name in any of its spellings: %s',
    (query) => expect(found(query)).toEqual([BERLIN]),
  )

  test('that is written with ue by a search with ü', () => {
    const [row] = joinInventory(
      { readAt: '2026-11-24T00:00:00.000Z', accounts: [line(BERLIN, {}, { name: 'Mueller' })] },
      EMPTY_STATE,
    ).accounts.flatMap((account) => account.rows)
    expect(row && searchFor('Müller', shown)?.(row)).toBe(true)
  })
})

describe('several numbers', () => {
  test.each([
    `${DALLAS}, ${LONDON}`,
    `${DALLAS}\n${LONDON}\n`,
    `${DALLAS}${LONDON}`,
    '(214) 555-0105; 020 7946 0101',
    '0105, 7946 0101',
    '12145550105 442079460101',
    '2145550105 02079460101',
    'tel:+1-214-555-0105, 0044 20 7946 0101',
    '1 214 555 0105, 011 44 20 7946 0101',
  ])('find any of them: %s', (query) => expect(found(query)).toEqual([DALLAS, LONDON]))

  test('are looked for by their last digits, and the one that is still being typed not yet', () => {
    expect(found(`${DALLAS}, 2`)).toEqual([DALLAS])
    expect(found('2145550, 442079460101')).toEqual([LONDON])
  })

  test('in a name with a comma are words', () => expect(found('desk 5, front')).toEqual([LONDON]))
})

describe('one or two digits beside words', () => {
  test('are a word of a name or a label, not any digit of a number', () => {
    expect(found('Line 5')).toEqual([DALLAS])
    expect(found('line 55')).toEqual([DALLAS_55])
    expect(found('desk 5')).toEqual([LONDON])
  })

  test('are found as they were written, in whatever script', () => {
    const [agent, other, label] = joinInventory(
      {
        readAt: '2026-11-24T00:00:00.000Z',
        accounts: [
          line(DALLAS, {}, { name: 'Agent 1-0' }),
          line(LONDON, {}, { name: 'Agent 21-0' }),
          line(BERLIN, { label: 'Agent ۱–۰' }),
        ],
      },
      EMPTY_STATE,
    ).accounts.flatMap((account) => account.rows)
    const all = [agent, other, label].filter((row) => row !== undefined)
    const foundBy = (query: string) => all.filter(searchFor(query, shown) ?? (() => true))
    for (const query of ['Agent 1-0', 'agent 1 0', 'Agent ١-٠']) expect(foundBy(query)).toEqual([agent, label])
    expect(foundBy('Agent 0-1')).toEqual([])
  })

  test('are digits of a number with a plus, with more of them, or alone', () => {
    expect(found('line +1 214')).toEqual([DALLAS, DALLAS_55])
    expect(found('front 44 20')).toEqual([LONDON])
    expect(found('55')).toEqual([DALLAS, DALLAS_55])
  })
})

test('punctuation alone is no search', () => {
  expect(['', ' +()- ', 'tel:', '(0)', '“”'].map(isSearch)).toEqual([false, false, false, false, false])
  expect(searchFor(' - ', shown)).toBeNull()
})
