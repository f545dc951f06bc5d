import { expect, test } from 'vitest'
import { searchText, squeeze, squeezedForms } from './normalize'

test('plain text is squeezed as any other: the same letters with an accent beside them give the same', () => {
  for (const text of ['(214) 555-0101', 'Main Line #7', '+1214', '~', ''])
    expect(squeeze(text)).toBe(squeeze(`${text}\u0301`))
  expect(squeeze('Ampère & Søn')).toBe('amperesøn')
})

test('ä, ö and ü are found without their dots and as ae, oe and ue, also where the dots are characters of their own', () => {
  for (const form of ['NFC', 'NFD'] as const)
    expect(squeezedForms('Müller & Söhne ÄG'.normalize(form))).toEqual(['mullersohneag', 'muellersoehneaeg'])
  expect(squeezedForms('Großstraße')).toEqual(['grossstrasse'])
  expect(squeezedForms('Réservations')).toEqual(['reservations'])
  expect(searchText(['Müller', null, '+44 20'])).toBe('muller\nmueller\n\n4420')
})
