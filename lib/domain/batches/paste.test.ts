import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { held, holding, makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { type CanBeChosen, obstacleTo } from '@/lib/domain/inventory/selection'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'
import { groupRows } from '@/lib/domain/inventory/view'
import type { PastedEntry } from '@/lib/domain/text/phone'
import { groupForConfirmation } from './groups'
import { comparePaste } from './paste'

const pasted = (changes: Partial<PastedEntry>): PastedEntry => {
  return { text: changes.number ?? '', number: null, national: null, extension: null, reason: null, ...changes }
}

const inventory = joinInventory(
  {
    readAt: '2026-11-24T10:00:00.000Z',
    accounts: [
      holding('1', '+12145550101', '+12145550102'),
      holding('2', '+12145550103', '+12145550109'),
      { ...holding('3', '+12145550104', '+12145550109'), account: makeAccount('3', { organizationId: '8002' }) },
    ],
  },
  EMPTY_STATE,
)

/** A return of this number is not settled. */
const UNSETTLED = '+12145550103'
/** Its turn in a batch is still to come. */
const IN_BATCH = '+12145550102'
const canBeChosen: CanBeChosen = (row) => obstacleTo(row, inventory, new Set([UNSETTLED]), new Set([IN_BATCH])) === null

test('a pasted list is parted into held, not found, more than once, in two accounts, not settled and not a number', () => {
  const numbers = ['+12145550101', '+12145550101', '+12145550109', '+12145550999', UNSETTLED, IN_BATCH, null]
  const sorted = comparePaste(
    inventory,
    canBeChosen,
    numbers.map((number) => pasted({ text: String(number), number, reason: number === null ? 'no_number' : null })),
  )
  expect(sorted.held.map(({ row }) => row.account.id)).toEqual(['1'])
  expect(sorted).toMatchObject({
    again: ['+12145550101'],
    inTwoAccounts: ['+12145550109'],
    notFound: ['+12145550999'],
    notSettled: [UNSETTLED, IN_BATCH],
    notNumbers: [{ text: 'null', reason: 'no_number', numbers: [] }],
  })
})

test('every entry of any pasted list lands in exactly one class, and a number is held at most once and can be chosen', () => {
  const number = fc.option(fc.integer({ min: 0, max: 14 }).map((last) => `+121455501${String(last).padStart(2, '0')}`))
  const national = fc.option(fc.constantFrom('2145550101', '02079460101', '5512345678'))
  const text = fc.oneof(fc.string(), fc.constantFrom('+1214555010', '2145550', '+1214555010O'))
  const reason = fc.constantFrom(null, 'impossible' as const, 'letter_for_digit' as const, 'too_short' as const)
  const extension = fc.constantFrom(null, '7')
  fc.assert(
    fc.property(fc.array(fc.record({ text, number, national, reason, extension })), (numbers) => {
      const sorted = comparePaste(inventory, canBeChosen, numbers)
      const sizes = Object.values(sorted).map((list) => list.length)
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(numbers.length)
      expect(new Set(sorted.held.map((entry) => entry.number)).size).toBe(sorted.held.length)
      expect(sorted.held.every(({ row }) => canBeChosen(row))).toBe(true)
    }),
  )
})

describe('an entry without a country code', () => {
  const entry = (text: string, number: string | null = null): PastedEntry => {
    return pasted({ text, number, national: text.replace(/\D/g, '') })
  }
  /** One agent account for each number, with its national form. */
  const listOf = (...numbers: [number: string, national: string][]) =>
    joinInventory(
      {
        readAt: '2026-11-24T10:00:00.000Z',
        accounts: numbers.map(([number, national], index) => ({
          account: makeAccount(String(index + 1)),
          numbers: [{ ...held(number), national }],
        })),
      },
      EMPTY_STATE,
    )
  const compare = (list: ReturnType<typeof listOf>, ...entries: PastedEntry[]) =>
    comparePaste(list, (row) => obstacleTo(row, list, new Set(), new Set()) === null, entries)

  const BRITISH = ['+442079460101', '020 7946 0101'] as const
  const GERMAN = ['+49304711000', '030 4711000'] as const
  const AUSTRIAN = ['+43304711000', '030 4711000'] as const
  const MEXICAN = ['+525512345678', '55 1234 5678'] as const

  test('is the number that the list shows in that national form, however it is punctuated', () => {
    const { held } = compare(listOf([...BRITISH], [...GERMAN]), entry('020 7946 0101'), entry('(030) 4711-000'))
    expect(held.map(({ number, as }) => [number, as])).toEqual([
      ['+442079460101', '020 7946 0101'],
      ['+49304711000', '(030) 4711-000'],
    ])
  })

  test('chooses none of several numbers with one national form, and names them all', () => {
    const { held, several } = compare(listOf([...GERMAN], [...AUSTRIAN]), entry('030 4711000'))
    expect(held).toEqual([])
    expect(several).toEqual([
      {
        text: '030 4711000',
        numbers: [
          { number: '+49304711000', listed: true },
          { number: '+43304711000', listed: true },
        ],
      },
    ])
  })

  test('is the number whose national form the list shows so, before any other country is thought of', () => {
    const { held } = compare(listOf([...MEXICAN]), entry('55 1234 5678', '+15512345678'))
    expect(held.map(({ number, as }) => [number, as])).toEqual([['+525512345678', '55 1234 5678']])
  })

  test('chooses nothing where its digits are a number of the US as well, though the list holds but the other', () => {
    const list = listOf([...MEXICAN])
    const { held, several } = compare(list, entry('5512345678', '+15512345678'))
    expect(held).toEqual([])
    expect(several.map(({ numbers }) => numbers)).toEqual([
      [
        { number: '+15512345678', listed: false },
        { number: '+525512345678', listed: true },
      ],
    ])
    const written = pasted({ text: '+52 55 1234 5678', number: '+525512345678' })
    expect(compare(list, written).held.map(({ number, as }) => [number, as])).toEqual([['+525512345678', null]])
  })

  test('may be a number without its + as well as a number of the US, and chooses neither', () => {
    const list = listOf(['+5072001234', '200-1234'], ['+15072001234', '(507) 200-1234'])
    const { held, several } = compare(list, entry('5072001234', '+15072001234'))
    expect(held).toEqual([])
    expect(several).toEqual([
      {
        text: '5072001234',
        numbers: [
          { number: '+15072001234', listed: true },
          { number: '+5072001234', listed: true },
        ],
      },
    ])
    expect(compare(list, entry('(507) 200-1234', '+15072001234')).held).toEqual([])
  })

  test.each(['442079460101', '44 20 7946 0101', '2079460101', '011 44 20 7946 0101'])(
    'is the listed number that %j leaves the +, the trunk zero or nothing off',
    (text) => {
      expect(compare(listOf([...BRITISH]), entry(text)).held).toMatchObject([{ number: BRITISH[0], as: text }])
    },
  )

  test('is no number that lacks what it has: a zero is not taken off', () => {
    const { held, several, near } = compare(listOf(['+12079460018', '(207) 946-0018']), entry('020 7946 0018'))
    expect([held, several]).toEqual([[], []])
    expect(near).toMatchObject([{ text: '020 7946 0018', numbers: [{ difference: 'long' }] }])
  })

  test('lacks its country code where no number has that national form, and is not completed by less of it', () => {
    const { held, noCountryCode } = compare(listOf([...BRITISH]), entry('020 7946 0999'), entry('7946 0101'))
    expect(held).toEqual([])
    expect(noCountryCode).toEqual(['020 7946 0999', '7946 0101'])
  })

  test('is a repetition of the same number with its country code', () => {
    const written = pasted({ number: BRITISH[0] })
    expect(compare(listOf([...BRITISH]), written, entry(BRITISH[1])).again).toEqual([BRITISH[0]])
  })
})

describe('an entry that is no number of the list', () => {
  const american = joinInventory(
    {
      readAt: '2026-11-24T10:00:00.000Z',
      accounts: [
        {
          account: makeAccount('1'),
          numbers: [
            { ...held('+12125550104'), national: '(212) 555-0104' },
            { ...held('+5215512345678'), national: null },
          ],
        },
      ],
    },
    EMPTY_STATE,
  )
  const compare = (...entries: PastedEntry[]) => comparePaste(american, () => true, entries)

  test.each([
    ['212555010', 'short'],
    ['21255501044', 'long'],
    ['2125550714', null],
    ['2125550194', 'wrong'],
    ['2125505104', 'swapped'],
    ['+1 212 555 010', 'short'],
  ])('names the number that %s is one digit off (%s), and selects nothing', (text, difference) => {
    const { held, near, noCountryCode } = compare(pasted({ text, national: text.replace(/\D/g, '') }))
    expect(held).toEqual([])
    expect(near).toEqual(difference ? [{ text, numbers: [{ number: '+12125550104', difference }] }] : [])
    expect(noCountryCode).toEqual(difference ? [] : [text])
  })

  test('is not corrected if it is a whole number of its own', () => {
    const { near, notFound } = compare(pasted({ number: '+12125550105' }))
    expect([near, notFound]).toEqual([[], ['+12125550105']])
  })

  test('says why it is none, and which number has a digit where it has a letter', () => {
    const numbers = [{ number: '+12125550104', difference: 'letters' }]
    const letters = pasted({ text: '+1212555O1O4', reason: 'letter_for_digit' })
    const error = pasted({ text: '#N/A', reason: 'error_value' })
    expect(compare(letters, error)).toMatchObject({
      held: [],
      notNumbers: [
        { text: '+1212555O1O4', reason: 'letter_for_digit', numbers },
        { text: '#N/A', reason: 'error_value', numbers: [] },
      ],
    })
  })

  test('is held where the list has it, whatever the numbering plans say', () => {
    const exact = pasted({ number: '+5215512345678', reason: 'impossible' })
    const spaced = pasted({ text: '+52 1 55 1234 5678', reason: 'impossible' })
    expect(compare(exact).held).toMatchObject([{ number: '+5215512345678', as: null }])
    expect(compare(spaced).held).toMatchObject([{ number: '+5215512345678' }])
  })

  test('shows the extension of a held number', () => {
    const entry = pasted({ text: 'tel:+12125550104;ext=5', number: '+12125550104', extension: '5' })
    expect(compare(entry).held).toMatchObject([{ number: '+12125550104', as: entry.text, extension: '5' }])
  })
})

test('the confirmation groups by id, not by name, and tells who would be left without a number', () => {
  const rows = inventory.accounts.flatMap((account) => account.rows)
  const chosen = rows.filter(({ number }) => ['+12145550101', '+12145550102', '+12145550104'].includes(number))
  expect(
    groupForConfirmation(inventory, chosen).map(({ id, emptied, agents }) => [
      id,
      emptied,
      agents.map((agent) => [agent.id, agent.emptied]),
    ]),
  ).toEqual([
    ['8001', false, [['1', true]]],
    ['8002', false, [['3', false]]],
  ])
  expect(groupForConfirmation(inventory, rows).every(({ emptied }) => emptied)).toBe(true)
})

test('an account without an organization is a customer by itself, also where an organization has its number as an id', () => {
  const alone = makeAccount('10', { organizationId: null, organizationName: null, name: 'Solo' })
  const accounts = [
    { ...holding('10', '+12145550201'), account: alone },
    { ...holding('1', '+12145550101'), account: makeAccount('1', { organizationId: '10' }) },
  ]
  const both = joinInventory({ readAt: '2026-11-24T10:00:00.000Z', accounts }, EMPTY_STATE)
  const rows = both.accounts.flatMap((account) => account.rows)
  const groups = groupForConfirmation(both, rows).map(({ id, name }) => [id, name])
  expect(groups).toEqual([
    ['account 10', 'Solo'],
    ['10', 'Bluebird Bakery'],
  ])
  expect(groupRows(rows).map(({ id, name }) => [id, name])).toEqual(groups)
})
