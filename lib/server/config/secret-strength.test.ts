import { createHash } from 'node:crypto'
import { expect, it, test } from 'vitest'
import { estimateBits, weaknessOf } from './secret-strength'

/** Random bytes that are the same in each run. */
const bytes = (seed: number) => createHash('sha256').update(`seed ${seed}`).digest()

it('takes 32 random bytes in base64 that happen to repeat and to run along the keyboard', () => {
  const secret = createHash('sha256').update('7401').digest('base64')
  expect(estimateBits(secret)).toBeLessThan(128)
  expect(weaknessOf([secret])).toBeNull()
})

it('takes 32 random bytes in base64, base64url and hex', () => {
  for (let seed = 0; seed < 2_000; seed += 1) {
    for (const form of ['base64', 'base64url', 'hex'] as const) {
      const secret = bytes(seed).toString(form)
      expect(weaknessOf([secret]), secret).toBeNull()
    }
  }
})

test.each([
  'password password password 48291735',
  'Password password PASSWORD 48291735',
  'passwordpasswordpasswordpassword',
  'correct horse battery staple correct horse',
  'MyCompanyNumberdeskSessionSecret2026',
  'complex_password_at_least_32_characters_long',
  'change-me-change-me-change-me-change-me',
  'xx-Change-Me-Change-Me-Change-Me-xx1234',
  'your-session-secret-of-32-characters-or-more',
  'e2e-0123456789-abcdefghijklmnopqrstuvwxyz',
  'zyxwvutsrqponmlkjihgfedcba9876543210',
  'qwertyuiopqwertyuiopqwertyuiopqwertyuiop',
  '1234567890qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  'Q1w2E3r4T5y6U7i8O9p0-aQsWdEfRgThYjUkIlO',
  '!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?',
  '2026-11-24 2026-11-25 2026-11-26 2026-11-27',
  'a'.repeat(500),
  'nMq8vT2z'.repeat(20),
  '01'.repeat(100),
])('refuses %s', (secret) => {
  expect(weaknessOf([secret])).toMatch(/openssl rand -base64 32/)
  expect(weaknessOf([secret])).not.toContain(secret)
})

it('says what is wrong where it is another thing than the estimate', () => {
  const [one, two] = [bytes(1).toString('base64'), bytes(2).toString('base64')]
  expect(weaknessOf([one, two])).toBeNull()
  expect(weaknessOf([one, two.slice(0, 31)])).toContain('at least 32 characters')
  expect(weaknessOf([one, one])).toContain('listed twice')
})

it('estimates no more bits than the bytes behind a hex secret have', () => {
  for (let seed = 0; seed < 500; seed += 1)
    expect(estimateBits(bytes(seed).subarray(0, 16).toString('hex'))).toBeLessThanOrEqual(128)
})
