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
      { text: 'Front desk', number: null, national: null },
      { text: '+1 214 555 0101', number: '+12145550101', national: null },
      { text: 'n/a', number: null, national: null },
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
    for (const text of [`a${'"'.repeat(400_000)}b`, '12.34.'.repeat(60_000), '('.repeat(400_000)])
      expect(await readPasted(text, 'US')).toEqual({
        entries: [{ text: text.slice(0, 80), number: null, national: null }],
        more: false,
      })
    expect((await readPasted('"\n'.repeat(200_000), 'US')).entries).toEqual([])
  })

  test('never drops an extension silently', async () => {
    expect(await numbersOf('214-555-0101 ext. 7')).toEqual([null])
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
