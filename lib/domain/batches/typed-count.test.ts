import { expect, test } from 'vitest'
import { isTypedCount } from './typed-count'

const written = (locale: string) => (5_399).toLocaleString(locale)

test('a count may be typed in digits alone, with commas, and as people of that place write it', () => {
  for (const locale of ['en', 'de', 'fr', 'de-CH', 'pl', 'ar-EG']) {
    for (const typed of ['5399', ' 5,399 ', written(locale)])
      expect(isTypedCount(typed, 5_399, written(locale)), `${typed} in ${locale}`).toBe(true)
  }
  expect(isTypedCount('5 399', 5_399, written('fr'))).toBe(true)
  expect(isTypedCount("5'399", 5_399, written('de-CH'))).toBe(true)
})

test('nothing else is that count, however near', () => {
  for (const typed of ['', '5398', '53,99', '5.399', '5 399', '5,399.0', '+5399', '05399', '5399 5399'])
    expect(isTypedCount(typed, 5_399, written('en')), typed).toBe(false)
  for (const typed of ['5.4', '5,4', '5 4', '5', '']) expect(isTypedCount(typed, 54, '54'), typed).toBe(false)
})
