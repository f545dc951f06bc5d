import { expect, test } from 'vitest'
import { normalize, normalizedForms, searchText } from './normalize'

test('ASCII text, which takes a shorter path, normalizes to the same form as the same text with an accent added', () => {
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
