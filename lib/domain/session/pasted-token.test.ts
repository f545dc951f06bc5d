import { expect, test } from 'vitest'
import { pastedToken } from './pasted-token'

test.each([
  ['\u200b\u200e token\u00ad\n', 'token'],
  ['\ufeff token \u200f', 'token'],
  ['\u202etoken', '\u202etoken'],
  ['to\u200bken', 'to\u200bken'],
  ['\u0000token', '\u0000token'],
  ['\u200b \u00ad', ''],
])('of %j only what is not seen around it is taken off', (text, token) => expect(pastedToken(text)).toBe(token))
