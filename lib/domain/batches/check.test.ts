import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { held, holding, makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { obstacleTo } from '@/lib/domain/inventory/selection'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'
import type { LatestReturn } from '@/lib/domain/returns/record'
import type { PastedEntry } from '@/lib/domain/text/phone'
import {
  asPicked,
  type CheckedLine,
  type CheckSources,
  checkLines,
  entriesOf,
  type LineStatus,
  type ListEntry,
  restOfLines,
  statusCounts,
  unlistedIn,
} from './check'
import { columnOf } from './table'

const NO_TABLE = columnOf([], 0)
const READ_AT = '2026-11-24T10:00:00.000Z'

const pasted = (changes: Partial<PastedEntry>): PastedEntry => {
  return {
    line: 1,
    text: changes.number ?? '',
    number: null,
    national: null,
    extension: null,
    reason: null,
    ...changes,
  }
}

const inventory = joinInventory(
  {
    readAt: READ_AT,
    accounts: [
      holding('1', '+12145550101', '+12145550102', '+12145550112'),
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
const PROTECTED = '+12145550112'
const RETURNED = '+12145550777'
const REFUSED = '+12145550778'

const latestOf = (number: string, outcome: LatestReturn['outcome']): [string, LatestReturn] => [
  number,
  { number, outcome, receiptId: `R-${outcome}`, requestedAt: READ_AT },
]

const sources: CheckSources = {
  inventory,
  obstacle: (row) => obstacleTo(row, inventory, new Set([UNSETTLED]), new Set([IN_BATCH]), new Set([PROTECTED])),
  latest: new Map([latestOf(RETURNED, 'returned'), latestOf(REFUSED, 'refused')]),
}

function check(entries: readonly PastedEntry[], given = sources): CheckedLine[] {
  return [...checkLines(entriesOf(NO_TABLE, entries), given)]
}

const withStatus = (lines: readonly CheckedLine[], status: LineStatus) => lines.filter((line) => line.status === status)

test('each line of a list has its status and, where that does not say it all, the reason', () => {
  const numbers = [
    '+12145550101',
    '+12145550101',
    '+12145550109',
    '+12145550999',
    UNSETTLED,
    IN_BATCH,
    RETURNED,
    REFUSED,
  ]
  const entries = [...numbers, PROTECTED].map((number, index) => pasted({ line: index + 1, number }))
  const lines = check([...entries, pasted({ line: 10, text: 'Front desk', reason: 'no_number' })])
  expect(lines.map(({ line, status, why, canBeChosen }) => [line, status, canBeChosen, why])).toEqual([
    [1, 'held', true, null],
    [2, 'repeated', false, { kind: 'same_as', line: 1 }],
    [3, 'held', false, { kind: 'obstacle', obstacle: 'in_two_accounts' }],
    [4, 'not_found', false, null],
    [5, 'held', false, { kind: 'obstacle', obstacle: 'not_settled' }],
    [6, 'held', false, { kind: 'obstacle', obstacle: 'in_batch' }],
    [7, 'returned_before', false, { kind: 'return', latest: sources.latest.get(RETURNED) }],
    [8, 'not_found', false, { kind: 'return', latest: sources.latest.get(REFUSED) }],
    [9, 'held', false, { kind: 'obstacle', obstacle: 'protected' }],
    [10, 'not_a_number', false, { kind: 'not_a_number', reason: 'no_number', near: [] }],
  ])
  expect(lines[0]).toMatchObject({ readAs: '+12145550101', row: { account: { id: '1' } } })
  expect(statusCounts(lines)).toMatchObject({ held: 5, repeated: 1, not_found: 2, returned_before: 1, not_a_number: 1 })
  expect([...unlistedIn(entries, sources)].flat()).toEqual(['+12145550999', RETURNED, REFUSED])
})

test('whoever sent the list gets back what is neither ready nor a header or a total', () => {
  const table = [
    ['Name', 'Phone'],
    ['A', ''],
    ['B', ''],
    ['C', ''],
    ['D', ''],
    ['Total', ''],
  ]
  const entries = [
    pasted({ line: 2, number: '+12145550101' }),
    pasted({ line: 3, number: '+12145550104', text: '+1 214 555 0104 ext 7', extension: '7' }),
    pasted({ line: 4, number: UNSETTLED }),
  ]
  const filled = table.map((row, index) => [
    row[0] ?? '',
    entries.find(({ line }) => line === index + 1)?.text ?? row[1] ?? '',
  ])
  const lines = [...checkLines(entriesOf(columnOf(filled, 1), entries), sources)]
  expect(lines.map(({ line, text, status }) => [line, text, status])).toEqual([
    [1, 'Phone', 'not_a_number'],
    [2, '+12145550101', 'held'],
    [3, '+1 214 555 0104 ext 7', 'extension'],
    [4, UNSETTLED, 'held'],
    [5, 'D', 'not_a_number'],
    [6, 'Total', 'not_a_number'],
  ])
  expect(restOfLines(lines).map(({ line }) => line)).toEqual([3, 4, 5])
})

test('every entry of any list is in exactly one line, and a number is held at most once and can be chosen', () => {
  const number = fc.option(fc.integer({ min: 0, max: 14 }).map((last) => `+121455501${String(last).padStart(2, '0')}`))
  const national = fc.option(fc.constantFrom('2145550101', '02079460101', '5512345678'))
  const text = fc.oneof(fc.string(), fc.constantFrom('+1214555010', '2145550', '+1214555010O'))
  const reason = fc.constantFrom(null, 'impossible' as const, 'letter_for_digit' as const, 'too_short' as const)
  const extension = fc.constantFrom(null, '7')
  const line = fc.integer({ min: 1, max: 20 })
  fc.assert(
    fc.property(fc.array(fc.record({ line, text, number, national, reason, extension })), (entries) => {
      const lines = check(entries)
      expect(lines.map((each) => each.text).toSorted()).toEqual(entries.map((each) => each.text).toSorted())
      expect(new Set(lines.map(({ id }) => id)).size).toBe(entries.length)
      expect(Object.values(statusCounts(lines)).reduce((sum, count) => sum + count, 0)).toBe(entries.length)
      const chosen = lines.filter(({ canBeChosen }) => canBeChosen)
      expect(new Set(chosen.map(({ readAs }) => readAs)).size).toBe(chosen.length)
      expect(
        chosen.every(({ row, status }) => row && sources.obstacle(row) === null && /held|extension/.test(status)),
      ).toBe(true)
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
        readAt: READ_AT,
        accounts: numbers.map(([number, national], index) => ({
          account: makeAccount(String(index + 1)),
          numbers: [{ ...held(number), national }],
        })),
      },
      EMPTY_STATE,
    )
  const compare = (list: ReturnType<typeof listOf>, ...entries: PastedEntry[]) =>
    check(entries, { inventory: list, obstacle: () => null, latest: new Map() })
  const heldIn = (lines: readonly CheckedLine[]) => withStatus(lines, 'held').map(({ readAs, text }) => [readAs, text])
  const meanings = (lines: readonly CheckedLine[]) =>
    lines.map(({ why }) =>
      why?.kind === 'several' ? why.meanings.map(({ number, listed }) => [number, listed]) : null,
    )

  const BRITISH = ['+442079460101', '020 7946 0101'] as const
  const GERMAN = ['+49304711000', '030 4711000'] as const
  const AUSTRIAN = ['+43304711000', '030 4711000'] as const
  const MEXICAN = ['+525512345678', '55 1234 5678'] as const

  test('is the number that the list shows in that national form, however it is punctuated', () => {
    const lines = compare(listOf([...BRITISH], [...GERMAN]), entry('020 7946 0101'), entry('(030) 4711-000'))
    expect(heldIn(lines)).toEqual([
      ['+442079460101', '020 7946 0101'],
      ['+49304711000', '(030) 4711-000'],
    ])
  })

  test('is none of several numbers with one national form, names them all, and is the one that a person picks', () => {
    const list = listOf([...GERMAN], [...AUSTRIAN])
    const lines = compare(list, entry('030 4711000'))
    expect(heldIn(lines)).toEqual([])
    expect(meanings(lines)).toEqual([
      [
        ['+49304711000', true],
        ['+43304711000', true],
      ],
    ])
    const picked = entriesOf(NO_TABLE, [entry('030 4711000')]).map((each) => asPicked(each, '+43304711000'))
    const again = [...checkLines(picked, { inventory: list, obstacle: () => null, latest: new Map() })]
    expect(heldIn(again)).toEqual([['+43304711000', '030 4711000']])
  })

  test('stays without a choice when the list loses all of its meanings but one', () => {
    const entries = entriesOf(NO_TABLE, [entry('030 4711000')])
    const several = new WeakSet<ListEntry>()
    const judge = (list: ReturnType<typeof listOf>) => [
      ...checkLines(entries, { inventory: list, obstacle: () => null, latest: new Map(), several }),
    ]
    judge(listOf([...GERMAN], [...AUSTRIAN]))
    const lines = judge(listOf([...GERMAN]))
    expect(lines.map(({ status, canBeChosen }) => [status, canBeChosen])).toEqual([['several', false]])
    expect(meanings(lines)).toEqual([[['+49304711000', true]]])
  })

  test('is the number whose national form the list shows so, before any other country is thought of', () => {
    expect(heldIn(compare(listOf([...MEXICAN]), entry('55 1234 5678', '+15512345678')))).toEqual([
      ['+525512345678', '55 1234 5678'],
    ])
  })

  test('chooses nothing where its digits are a number of the US as well, though the list holds but the other', () => {
    const list = listOf([...MEXICAN])
    const lines = compare(list, entry('5512345678', '+15512345678'))
    expect(lines.some(({ canBeChosen }) => canBeChosen)).toBe(false)
    expect(meanings(lines)).toEqual([
      [
        ['+15512345678', false],
        ['+525512345678', true],
      ],
    ])
    const written = pasted({ text: '+52 55 1234 5678', number: '+525512345678' })
    expect(heldIn(compare(list, written))).toEqual([['+525512345678', '+52 55 1234 5678']])
  })

  test('may be a number without its + as well as a number of the US, and chooses neither', () => {
    const list = listOf(['+5072001234', '200-1234'], ['+15072001234', '(507) 200-1234'])
    const lines = compare(list, entry('5072001234', '+15072001234'))
    expect(lines.map(({ status }) => status)).toEqual(['several'])
    expect(meanings(lines)).toEqual([
      [
        ['+15072001234', true],
        ['+5072001234', true],
      ],
    ])
    expect(heldIn(compare(list, entry('(507) 200-1234', '+15072001234')))).toEqual([])
  })

  test.each(['442079460101', '44 20 7946 0101', '2079460101', '011 44 20 7946 0101'])(
    'is the listed number that %j leaves the +, the trunk zero or nothing off',
    (text) => expect(heldIn(compare(listOf([...BRITISH]), entry(text)))).toEqual([[BRITISH[0], text]]),
  )

  test('is no number that lacks what it has: a zero is not taken off', () => {
    const [line] = compare(listOf(['+12079460018', '(207) 946-0018']), entry('020 7946 0018'))
    expect(line).toMatchObject({ status: 'not_found', why: { kind: 'near', near: [{ difference: 'long' }] } })
  })

  test('lacks its country code where no number has that national form, and is not completed by less of it', () => {
    const lines = compare(listOf([...BRITISH]), entry('020 7946 0999'), entry('7946 0101'))
    expect(lines.map(({ status, why }) => [status, why?.kind])).toEqual([
      ['not_found', 'no_country_code'],
      ['not_found', 'no_country_code'],
    ])
  })

  test('is a repetition of the same number with its country code', () => {
    const lines = compare(listOf([...BRITISH]), pasted({ number: BRITISH[0] }), entry(BRITISH[1]))
    expect(lines.map(({ status, readAs }) => [status, readAs])).toEqual([
      ['held', BRITISH[0]],
      ['repeated', BRITISH[0]],
    ])
  })
})

describe('an entry that is no number of the list', () => {
  const american = joinInventory(
    {
      readAt: READ_AT,
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
  const compare = (...entries: PastedEntry[]) =>
    check(entries, { inventory: american, obstacle: () => null, latest: new Map() })

  test.each([
    ['212555010', 'short'],
    ['21255501044', 'long'],
    ['2125550714', null],
    ['2125550194', 'wrong'],
    ['2125505104', 'swapped'],
    ['+1 212 555 010', 'short'],
  ])('names the number that %s is one digit off (%s), and selects nothing', (text, difference) => {
    const near = [{ number: '+12125550104', difference }]
    expect(compare(pasted({ text, national: text.replace(/\D/g, '') }))).toMatchObject([
      {
        status: 'not_found',
        canBeChosen: false,
        why: difference ? { kind: 'near', near } : { kind: 'no_country_code' },
      },
    ])
  })

  test('is not corrected if it is a whole number of its own', () => {
    expect(compare(pasted({ number: '+12125550105' }))).toMatchObject([{ status: 'not_found', why: null }])
  })

  test('says why it is none, and which number has a digit where it has a letter', () => {
    const near = [{ number: '+12125550104', difference: 'letters' }]
    const letters = pasted({ text: '+1212555O1O4', reason: 'letter_for_digit' })
    const error = pasted({ text: '#N/A', reason: 'error_value' })
    expect(compare(letters, error)).toMatchObject([
      { status: 'not_a_number', why: { reason: 'letter_for_digit', near } },
      { status: 'not_a_number', why: { reason: 'error_value', near: [] } },
    ])
  })

  test('is held where the list has it, whatever the numbering plans say', () => {
    const exact = pasted({ number: '+5215512345678', reason: 'impossible' })
    const spaced = pasted({ text: '+52 1 55 1234 5678', reason: 'impossible' })
    for (const entry of [exact, spaced])
      expect(compare(entry)).toMatchObject([{ status: 'held', readAs: '+5215512345678', canBeChosen: true }])
  })

  test('is a held number with an extension, which a person may choose', () => {
    const entry = pasted({ text: 'tel:+12125550104;ext=5', number: '+12125550104', extension: '5' })
    expect(compare(entry)).toMatchObject([
      { status: 'extension', readAs: '+12125550104', canBeChosen: true, why: { extension: '5' } },
    ])
  })
})
