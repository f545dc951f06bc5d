import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isVidaId } from '@/lib/domain/accounts/vida-id'
import { idOf } from './fields'

describe('an id', () => {
  it.each([
    [100001, '100001'],
    ['100001', '100001'],
    [' acc.1 ', 'acc.1'],
    ['auth0|5f7c8ec7c33c6c004bbafe82', 'auth0|5f7c8ec7c33c6c004bbafe82'],
    ['desk+1@example.com', 'desk+1@example.com'],
    ['c9bf9e57-1685-4c89-bafb-ff5af830be8a', 'c9bf9e57-1685-4c89-bafb-ff5af830be8a'],
    ['x'.repeat(64), 'x'.repeat(64)],
  ])('is read from %j', (given, id) => {
    expect(idOf(given)).toBe(id)
  })

  it.each([
    ...[
      0,
      1.5,
      2 ** 60,
      Number.NaN,
      null,
      undefined,
      true,
      {},
      ['1'],
      '',
      '0',
      'a b',
      'a/b',
      '../1',
      'a&b',
      'a?b',
      'a#b',
    ],
    ...['a%2Fb', 'a;b', 'a\r\nb', 'a\u0000', '１２', 'a\u202eb', 'x'.repeat(65)],
  ])('is not read from %j', (given) => {
    expect(idOf(given)).toBeNull()
  })

  it('that a list brings can be asked for again, and no other can', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string({ unit: 'grapheme' })), (given) => {
        const id = idOf(given)
        if (id !== null) expect(isVidaId(id)).toBe(true)
        if (typeof given === 'string' && isVidaId(given)) expect(id).toBe(given)
      }),
    )
  })
})
