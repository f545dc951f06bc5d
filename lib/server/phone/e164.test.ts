import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeNumber, isE164, readTyped, readVidaNumber } from './e164'

const e164 = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 14 }))
  .map(([first, rest]) => `+${first}${rest.join('')}`)

describe('isE164', () => {
  it('accepts 7 to 15 digits after the plus and nothing else', () => {
    for (const good of ['+1234567', '+12145551234', '+123456789012345']) expect(isE164(good)).toBe(true)
    for (const bad of [
      '',
      '+',
      '12145551234',
      '+0123456789',
      '+123456',
      '+1234567890123456',
      '+1214555123a',
      '+12145551234\n',
    ]) {
      expect(isE164(bad)).toBe(false)
    }
  })
})

describe('describeNumber', () => {
  it.each([
    ['+12145551234', '(214) 555-1234', 'US'],
    ['+14165550123', '(416) 555-0123', 'CA'],
    ['+16045551234', '(604) 555-1234', 'CA'],
    ['+12425551234', '(242) 555-1234', 'BS'],
    ['+442079460018', '020 7946 0018', 'GB'],
    ['+4930123456', '030 123456', 'DE'],
    ['+77012345678', '8 (701) 234 5678', 'KZ'],
  ])('knows the national form and the country of %s', (number, national, country) => {
    expect(describeNumber(number)).toEqual({ number, national, country })
  })

  it('says null where the numbering plans know nothing', () => {
    expect(describeNumber('+9999999')).toEqual({ number: '+9999999', national: null, country: null })
  })

  it('shows no national form that would hide digits of the number held', () => {
    expect(describeNumber('+5215512345678')).toEqual({ number: '+5215512345678', national: null, country: 'MX' })
    expect(describeNumber('+121455512').national).toBeNull()
  })

  it('keeps any number as it is and never throws', () => {
    fc.assert(fc.property(fc.oneof(e164, fc.string()), (number) => describeNumber(number).number === number))
  })
})

describe('readVidaNumber', () => {
  it('reads E.164 back from any punctuation that Vida may write', () => {
    const separators = fc.constantFrom('', '-', ' ', '.', '/')
    fc.assert(
      fc.property(e164, fc.array(separators, { minLength: 15, maxLength: 15 }), (number, between) => {
        const written = [...number].map((char, i) => (i < 2 ? char : `${between[i % 15]}${char}`)).join('')
        expect(readVidaNumber(` ${written} `)).toBe(number)
      }),
    )
    expect(readVidaNumber('+1-800-555-0202')).toBe('+18005550202')
    expect(readVidaNumber('+1 (800) 555-0202')).toBe('+18005550202')
  })

  it.each([
    '12145551234',
    '2145551234',
    '',
    '+',
    '+12',
    '+1-800-FLOWERS',
    '+12145551234 x5',
    '+12145551234;ext=5',
    '+44 (0)20 7946 0018',
    '++12145551234',
    '+1 214 555 1234 1234 12',
  ])('guesses nothing: %j is null', (text) => {
    expect(readVidaNumber(text)).toBeNull()
  })

  it('gives E.164 or null for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const number = readVidaNumber(text)
        return number === null || isE164(number)
      }),
    )
  })
})

describe('readTyped', () => {
  it.each([
    '(214) 555-1234',
    '214-555-1234',
    '2145551234',
    '12145551234',
    '1-214-555-1234',
    '+1 214.555.1234',
    '+1 (214) 555-1234',
    '(+1) 214 555 1234',
    'tel:+1-214-555-1234',
    'TEL:+12145551234',
    '001 214 555 1234',
    '+1 214\u2011555\u20131234',
    '\uff0b\uff11\uff12\uff11\uff14\uff15\uff15\uff15\uff11\uff12\uff13\uff14',
    '\u202a+1\u00a0214\u00a0555\u00a01234\u202c',
    '\ufeff +1 214 555 1234\u200b',
    '+1 1 214 555 1234',
    '\u0662\u0661\u0664\u0665\u0665\u0665\u0661\u0662\u0663\u0664',
  ])('reads %j as +12145551234', (text) => {
    expect(readTyped(text).number).toBe('+12145551234')
  })

  it('reads numbers of other countries', () => {
    expect(readTyped('+44 (0)20 7946 0018').number).toBe('+442079460018')
    expect(readTyped('011 44 20 7946 0018').number).toBe('+442079460018')
    expect(readTyped('0044 20 7946 0018').number).toBe('+442079460018')
    expect(readTyped('020 7946 0018', 'GB').number).toBe('+442079460018')
    expect(readTyped('+52 55 1234 5678').number).toBe('+525512345678')
  })

  it('takes E.164 for itself, also where the numbering plans know no such number', () => {
    for (const number of ['+5215512345678', '+4402079460018', '+121455512345'])
      expect(readTyped(` ${number} `)).toEqual({ number, national: null })
  })

  it.each([
    '',
    '   ',
    '+',
    'hello',
    '555-1234',
    '214 555 123',
    '+1 214 555 12345',
    '+1 214 555 1234 ext. 5',
    '+1 214 555 1234 x5',
    'tel:+12145551234;ext=5',
    '+1 214 555 1234 #5',
    '+1-800-FLOWERS',
    '+1 214 555 1234, +1 214 555 1235',
    '01 99 00 01 01',
    '(02) 5550 1101',
    '1+2145551234',
    '<b>+12145551234</b>',
    '1'.repeat(300),
  ])('does not take %j for a number', (text) => {
    expect(readTyped(text).number).toBeNull()
  })

  it('falls back to the US plan for a country that does not exist', () => {
    expect(readTyped('(214) 555-1234', 'ZZ').number).toBe('+12145551234')
  })

  it('gives E.164 or null for any text, and takes its own answers back unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), e164), (text) => {
        const number = readTyped(text).number
        expect(number === null || (isE164(number) && readTyped(number).number === number)).toBe(true)
      }),
    )
  })
})
