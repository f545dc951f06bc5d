import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { readTarget } from './request-path'

test.each([
  ['/', '/'],
  ['/numbers', '/numbers'],
  ['/api/../sign-in', '/sign-in'],
  ['/api/./session', '/api/session'],
  ['/api/%2e%2E/sign-in', '/sign-in'],
  ['/api/.%2e/%2e/sign-in', '/sign-in'],
  ['/../../sign-in', '/sign-in'],
  ['/api//session', '/api/session'],
  ['//evil.example/x', '/evil.example/x'],
  ['/\\evil.example\\x', '/evil.example/x'],
  ['/api\\..\\sign-in', '/sign-in'],
  ['/%61pi/session', '/api/session'],
  ['/sign-in/', '/sign-in/'],
  ['/_next/static/chunks/%5Broot%5D.js', '/_next/static/chunks/%5Broot%5D.js'],
  ['/b%C3%BCro', '/b%C3%BCro'],
])('%s means the path %s', (target, path) => {
  expect(readTarget(target)).toEqual({ path, query: '' })
  expect(readTarget(`${target}?q=/../%2e&a=?`)).toEqual({ path, query: '?q=/../%2e&a=?' })
})

test.each([
  ['', 'http://evil.example/', '*', 'evil.example:80'],
  ['/api/..%2fsign-in', '/api%2Fsession', '/api/%5c..', '/a%252e%252e/b', '/a%25'],
  ['/a%00', '/a%0d%0ab', '/a%1f', '/a%7F', '/a\u0000', '/a b', '/\u00fc'],
  ['/%E0%A4%A', '/%', '/%zz', '/%ff'],
  ['/a#b', '/a?b#c'],
])('%s and the like are no path, or can be read in two ways', (...targets) => {
  for (const target of targets) expect(readTarget(target), target).toBeNull()
})

it('is stable, and leaves no dot segment, double slash or backslash in any path', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2e',
    '%2E',
    '%',
    '%25',
    'api',
    '%61',
    '?',
    '#',
    'é',
    ' ',
    ';',
    '%c3%bc',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const read = readTarget(`/${parts.join('')}`)
      if (!read) return
      expect(read.path).toMatch(/^\//)
      expect(read.path).not.toMatch(/\\|\/\/|\/\.{1,2}(?:\/|$)|%2e/i)
      expect(readTarget(read.path + read.query)).toEqual(read)
    }),
  )
})
