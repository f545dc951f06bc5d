import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pathWithQuery, safeNext, signInPath } from './next'

describe('safeNext', () => {
  test.each([
    ['/numbers?q=%2B1214&sort=number', '/numbers?q=%2B1214&sort=number'],
    ['/history?receipt=abc', '/history?receipt=abc'],
    ['/history#top', '/history#top'],
    ['/numbers?q=a%2F%2Fb', '/numbers?q=a%2F%2Fb'],
    ['/numbers?q=https://example.com', '/numbers?q=https://example.com'],
    [`/history?q=${'1'.repeat(3000)}`, '/history'],
  ])('keeps %s', (given, expected) => expect(safeNext(given)).toBe(expected))

  test.each([
    null,
    undefined,
    '',
    '/',
    'numbers',
    'https://evil.example/numbers',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\\/evil.example',
    '/%2Fevil.example',
    '/%2f/evil.example',
    '/%5Cevil.example',
    '/%255Cevil.example',
    '/%252Fevil.example',
    '/numbers\\..\\..',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    '/%09/evil.example',
    '/%00',
    '/numbers\u0000',
    '/%',
    '/%E0%A4%A',
    '/..//evil.example',
    '/numbers/..//evil.example',
    '/api/numbers',
    '/sign-in?next=/sign-in',
    '@evil.example',
    `/${'a'.repeat(3000)}`,
  ])('sends %j home', (given) => expect(safeNext(given)).toBe('/numbers'))

  test('never leaves the origin, whatever is given', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '%2f',
      '%5c',
      '%09',
      '\t',
      '\n',
      ':',
      '@',
      'evil.example',
      'javascript:',
      'numbers',
      '?',
      '#',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((parts) => `/${parts.join('')}`),
        ),
        (value) => {
          const next = safeNext(value)
          expect(next.startsWith('/')).toBe(true)
          expect(new URL(next, 'https://app.example').origin).toBe('https://app.example')
          expect(safeNext(next)).toBe(next)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

test('the sign-in path carries where to go back to, and why it is shown', () => {
  expect(signInPath('/numbers')).toBe('/sign-in')
  expect(signInPath('/numbers?q=%2B1', { ended: true })).toBe('/sign-in?ended=1&next=%2Fnumbers%3Fq%3D%252B1')
  expect(signInPath('//evil.example')).toBe('/sign-in')
})

test('a path keeps its query, plus signs and repeated names included', () => {
  expect(pathWithQuery('/numbers', {})).toBe('/numbers')
  expect(pathWithQuery('/numbers', { q: '+1', a: ['x', 'y'], none: undefined })).toBe('/numbers?q=%2B1&a=x&a=y')
})
