import { expect, test } from 'vitest'
import { normalize, normalizedForms, searchText } from './normalize'

test('plain text is normalized as any other: the same letters with an accent beside them give the same', () => {
  for (const text of ['(214) 555-0101', 'Main Line #7', '+1214', '~', ''])
    expect(normalize(text)).toBe(normalize(`${text}\u0301`))
  expect(normalize('Ampère & Søn')).toBe('amperesøn')
})

test('ä, ö and ü are found without their dots and as ae, oe and ue, also where the dots are characters of their own', () => {
  for (const form of ['NFC', 'NFD'] as const)
    expect(normalizedForms('Müller & Söhne ÄG'.normalize(form))).toEqual(['mullersohneag', 'muellersoehneaeg'])
  expect(normalizedForms('Großstraße')).toEqual(['grossstrasse'])
  expect(normalizedForms('Réservations')).toEqual(['reservations'])
  expect(searchText(['Müller', null, '+44 20'])).toBe('muller\nmueller\n\n4420')
})
