import { expect, it } from 'vitest'
import { sanitizeLine } from './sanitize'

it('a text of Vida’s is one clean line of at most 500 characters, or null when nothing is left', () => {
  expect(sanitizeLine('  Not\r\nallowed:\u0000\u202ered ')).toBe('Not allowed: red')
  expect(sanitizeLine(' \n\u200b ')).toBeNull()
  expect(sanitizeLine('x'.repeat(501))).toBe(`${'x'.repeat(499)}…`)
})
