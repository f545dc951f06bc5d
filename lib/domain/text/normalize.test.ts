import { expect, test } from 'vitest'
import { fold, normalize, normalizedForms, searchText, westernDigits } from './normalize'

test('ASCII text, which takes a shorter path, normalizes to the same form as the same text with an accent added', () => {
  for (const text of ['(214) 555-0101', 'Main Line #7', '+1214', '~', ''])
    expect(normalize(text)).toBe(normalize(`${text}\u0301`))
  expect(normalize('Ampère & Søn')).toBe('ampereson')
})

test('ä, ö and ü are found without their dots and as ae, oe and ue, also where the dots are characters of their own', () => {
  for (const form of ['NFC', 'NFD'] as const)
    expect(normalizedForms('Müller & Söhne ÄG'.normalize(form))).toEqual(['mullersohneag', 'muellersoehneaeg'])
  expect(normalizedForms('Großstraße')).toEqual(['grossstrasse'])
  expect(normalizedForms('Réservations')).toEqual(['reservations'])
  expect(searchText(['Müller', null, '+44 20'])).toBe('muller\nmueller\n\n4420')
})

test.each([
  ['Łódź', 'lodz'],
  ['Đorđe ÞÓRA', 'dordethora'],
  ['Ħal Għargħur', 'halgharghur'],
  ['ISPARTA ısparta İzmir', 'ispartaispartaizmir'],
  ['Ærø Œuvre STRAẞE', 'aerooeuvrestrasse'],
  ['ΟΔΟΣ οδός', 'οδοσοδοσ'],
])('letters that have no decomposition fold like those that have one: %s', (text, folded) => {
  expect(normalize(text)).toBe(folded)
})

test('digits of any script are 0 to 9', () => {
  for (const digits of ['٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹', '०१२३४५६७८९', '０１２３４５６７８９', '𑄶𑄷𑄸𑄹𑄺𑄻𑄼𑄽𑄾𑄿', '𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿'])
    expect(westernDigits(digits)).toBe('0123456789')
  expect(normalize('+۱ (۲۱۴)')).toBe('1214')
})

test('a folded text keeps its punctuation and spaces', () => {
  expect(fold('Łódź – Ø 1-0')).toBe('lodz – o 1-0')
  expect(fold('A_b%')).toBe('a_b%')
})
