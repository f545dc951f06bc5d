import { expect, it } from 'vitest'
import { queryOf } from './query'

const of = (query: string) => queryOf(new Request(`http://127.0.0.1/api/numbers${query}`))

it('reads a query by name, plus signs and encoded text as what they mean', () => {
  expect(Object.fromEntries(of('?a=%2B1&b=&c=x+y'))).toEqual({ a: '+1', b: '', c: 'x y' })
  expect(of('').size).toBe(0)
})

it('refuses a name that comes twice, also written in two ways', () => {
  for (const query of ['?a=1&a=2', '?a=1&a=1', '?a&a', '?a=1&%61=2']) {
    expect(() => of(query)).toThrow(expect.objectContaining({ code: 'malformed' }))
  }
})
