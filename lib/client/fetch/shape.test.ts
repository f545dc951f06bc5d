import { expect, test } from 'vitest'
import { orNull, shaped } from './shape'

const isPage = shaped<{ returns: unknown[]; nextCursor: string | null }>('returns', 'nextCursor')

test.each([
  [{ returns: [], nextCursor: null }, true],
  [{ returns: [], nextCursor: 'x', more: 1 }, true],
  [{ returns: [] }, false],
  ['<html>', false],
  [null, false],
  [undefined, false],
])('%j', (value, expected) => expect(isPage(value)).toBe(expected))

test('null may be allowed', () => {
  expect(orNull(isPage)(null)).toBe(true)
  expect(orNull(isPage)(undefined)).toBe(false)
})
