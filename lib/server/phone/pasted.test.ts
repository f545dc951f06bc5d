import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PASTE_LIMIT, readPasted } from './pasted'

const numbersOf = async (text: string) => (await readPasted(text, 'US')).entries.map(({ number }) => number)

describe('a pasted list', () => {
  test('is read one a line, in any usual format', async () => {
    const text = '+12145550101\n(214) 555-0102\n1-214-555-0103\r\ntel:+442079460001\n+49 30 1234567'
    expect(await numbersOf(text)).toEqual([
      '+12145550101',
      '+12145550102',
      '+12145550103',
      '+442079460001',
      '+49301234567',
    ])
  })

  test('is read from spreadsheet cells, quoted or not, with what is no number as an entry', async () => {
    const { entries } = await readPasted('Front desk\t"+1 214 555 0101"\tn/a', 'US')
    expect(entries).toEqual([
      { line: 1, text: 'Front desk', number: null, national: null, extension: null, reason: 'no_number' },
      { line: 1, text: '+1 214 555 0101', number: '+12145550101', national: null, extension: null, reason: null },
      { line: 1, text: 'n/a', number: null, national: null, extension: null, reason: 'no_number' },
    ])
  })

  test('tells which entries have no country code, and the digits that may be any country’s national form', async () => {
    const text = '020 7946 0101\n01 99 00 01 01\n(214) 555-0101\n+44 20 7946 0101\n0044 20 7946 0101\n12345'
    expect((await readPasted(text, 'US')).entries.map(({ number, national }) => [number, national])).toEqual([
      [null, '02079460101'],
      [null, '0199000101'],
      ['+12145550101', '2145550101'],
      ['+442079460101', null],
      ['+442079460101', null],
      [null, null],
    ])
  })

  test('says in which line each entry stands, whatever ends a line and however many lines are empty', async () => {
    const text = '\n+12145550101\r\n\r\nCancel 214-555-0102 and 214-555-0103\r+12145550104, Front desk\n'
    expect((await readPasted(text, 'US')).entries.map((entry) => [entry.line, entry.text])).toEqual([
      [2, '+12145550101'],
      [4, '214-555-0102'],
      [4, '214-555-0103'],
      [5, '+12145550104'],
      [5, 'Front desk'],
    ])
  })

  test('is read from the sentences of an e-mail', async () => {
    expect(await numbersOf('Please return 214-555-0101 and +1 (214) 555-0102 by Friday.')).toEqual([
      '+12145550101',
      '+12145550102',
    ])
  })

  test('is read from a long line of numbers, and from a long sentence', async () => {
    const numbers = Array.from({ length: 100 }, (_, index) => `+1214555${String(index).padStart(4, '0')}`)
    expect(await numbersOf(numbers.join(' '))).toEqual(numbers)
    const some = numbers.slice(0, 20)
    for (const filler of ['please, ', 'and also the number ', ' call ']) {
      const sentence = some.map((number) => filler.repeat(3) + number.replace('+1214555', '214 555 ')).join(' ')
      expect(await numbersOf(sentence.replaceAll(',', ''))).toEqual(some)
    }
  })

  test('is read alike wherever in a long line a number stands', async () => {
    for (let before = 100; before < 300; before += 1)
      expect(await numbersOf(`${'word '.repeat(before).slice(0, before)} +1 (214) 555-0101 is it`)).toEqual([
        '+12145550101',
      ])
  })

  test('gives a line without an end back as one entry', async () => {
    for (const [text, reason] of [
      [`a${'"'.repeat(400_000)}b`, 'no_number'],
      ['12.34.'.repeat(60_000), 'too_long'],
      ['('.repeat(400_000), 'no_number'],
      [`A${'1'.repeat(400_000)}`, 'letters'],
      ['5550101 '.repeat(40_000).trim(), 'too_long'],
    ] as const)
      expect(await readPasted(text, 'US')).toEqual({
        entries: [{ line: 1, text: text.slice(0, 80), number: null, national: null, extension: null, reason }],
        more: false,
      })
    expect((await readPasted('"\n'.repeat(200_000), 'US')).entries).toEqual([])
  })

  test.each([
    ['Cancel 020 7946 0018 and +5072001234', ['020 7946 0018', '+5072001234']],
    ['214-555-0101 214 555 0102 2145550103', ['214-555-0101', '214 555 0102', '2145550103']],
    ['5550101 5550102', ['5550101', '5550102']],
    ['214-555-0101 / 214-555-0102', ['214-555-0101', '214-555-0102']],
    ['+12145550101+12145550102', ['+12145550101', '+12145550102']],
    ['3. 214-555-0101', ['214-555-0101']],
    ['on 2026-11-24 214-555-0101 at 3pm', ['2026-11-24', '214-555-0101']],
    ['A1 214-555-0101 3pm', ['214-555-0101']],
    // Where one ends and the next begins would be a guess.
    ['020 7946 0018 020 7946 0019', ['020 7946 0018 020 7946 0019']],
  ])('has each number of %j', async (text, expected) => {
    expect((await readPasted(text, 'US')).entries.map((entry) => entry.text)).toEqual(expected)
  })

  test.each([
    ['214-555-0101 ext. 7', '+12145550101', '7'],
    ['214-555-0101, ext 7', '+12145550101', '7'],
    ['214-555-0101x7', '+12145550101', '7'],
    ['tel:+442079460018;ext=5', '+442079460018', '5'],
    ['020 7946 0018 extension 12', null, '12'],
  ])('names the number and the extension of %j in one entry', async (text, number, extension) => {
    expect((await readPasted(text, 'US')).entries).toMatchObject([{ text, number, extension }])
  })

  test('names the extension of a number in a sentence', async () => {
    const { entries } = await readPasted('call 214-555-0101 ext 7 and 214-555-0102', 'US')
    expect(entries).toMatchObject([
      { text: '214-555-0101 ext 7', number: '+12145550101', extension: '7' },
      { text: '214-555-0102', number: '+12145550102', extension: null },
    ])
  })

  test.each([
    ['1.2125550104E+10', 'lost_digits'],
    ['total 1.2125550104E+10', 'lost_digits'],
    ['+1212555010O', 'letter_for_digit'],
    ['(2I4) 555-O1O1', 'letter_for_digit'],
    ['call 2l4-555-0101', 'letter_for_digit'],
    ['#N/A', 'error_value'],
    ['#REF!', 'error_value'],
    ['#DIV/0!', 'error_value'],
    ['########', 'error_value'],
    ['12345', 'too_short'],
    ['1'.repeat(16), 'too_long'],
    ['+52 1 55 1234 5678', 'impossible'],
    ['11/27/2026', 'date'],
    ['john2145550101@example.com', 'letters'],
    ['Lille', 'no_number'],
  ])('says why %j is no number', async (text, reason) => {
    expect((await readPasted(text, 'US')).entries).toMatchObject([{ number: null, reason }])
  })

  test('takes E.164 for itself, also where the numbering plans know no such number', async () => {
    expect((await readPasted('+5215512345678', 'US')).entries).toMatchObject([
      { number: '+5215512345678', national: null, reason: 'impossible' },
    ])
  })

  test('has each long run of digits of any text in exactly one entry', async () => {
    const run = fc.integer({ min: 100_000, max: 999_999_999_999 }).map(String)
    const between = fc.constantFrom(
      ...[
        '\n',
        ', ',
        ';',
        '\t',
        ' ',
        ' and ',
        ' / ',
        '+',
        '(',
        ') ',
        '. ',
        ' ext 5 ',
        ';ext=7\n',
        'x',
        'A',
        ' - ',
        ': "',
        '#',
      ],
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(between, run), { minLength: 1, maxLength: 5 }), async (pieces) => {
        const text = pieces.flat().join('')
        const { entries } = await readPasted(text, 'US')
        const read = entries.flatMap((entry) => entry.text.match(/\d{6,}/g) ?? [])
        expect(read).toEqual(text.match(/\d{6,}/g))
      }),
      { numRuns: 500 },
    )
  })

  test('says when there are more entries than it takes', async () => {
    const { entries, more } = await readPasted('+12145550101\n'.repeat(PASTE_LIMIT + 1), 'US')
    expect([entries.length, more]).toEqual([PASTE_LIMIT, true])
  })

  test('gives every number of any list back, in order, whatever separates them', async () => {
    const number = fc.integer({ min: 2_012_000_000, max: 9_899_999_999 }).map((national) => `+1${national}`)
    const separator = fc.constantFrom('\n', '\r\n', ', ', ';', '\t', ' | ')
    await fc.assert(
      fc.asyncProperty(fc.array(number, { maxLength: 40 }), separator, async (numbers, between) => {
        expect(await numbersOf(numbers.join(between))).toEqual(numbers)
      }),
    )
  })

  test('takes any text without failing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        for (const { number } of (await readPasted(text, 'US')).entries)
          expect(number === null || /^\+\d{7,15}$/.test(number)).toBe(true)
      }),
    )
  })
})
