import { expect, it } from 'vitest'
import { bestOf, type Rank, rankNumber, rankTexts, textsOf } from './rank'

const ranksOf = (search: string, ...names: string[]) => names.map((name) => rankTexts(search)(textsOf(name)))

it('a name that is the search goes before one that begins with it, then one with such a word, then one that contains it', () => {
  expect(ranksOf('alder', 'Alder', 'Alder Dental', 'Old Alder', 'Thalder', 'Elder')).toEqual([0, 1, 2, 3, null])
  expect(ranksOf('dental alder', 'Alder Dental'), 'in any order').toEqual([2])
  expect(rankTexts('8001')(textsOf('Alder Dental', '8001')), 'an id').toBe(0)
})

it('case, accents, umlauts and punctuation make no difference', () => {
  expect(ranksOf('mueller', 'Müller & Söhne')).toEqual([1])
  expect(ranksOf('SOHNE', 'Müller & Söhne')).toEqual([2])
  expect(ranksOf('łódź', 'Lodz')).toEqual([0])
})

it('a number that is the search goes before one that ends with it, then one that begins with it', () => {
  const rank = rankNumber('(214) 555-0101')
  expect(['+2145550101', '+12145550101', '+21455501019', '+121455501019'].map(rank)).toEqual([0, 1, 2, 3])
  expect(rankNumber('front desk')('+12145550101')).toBe(3)
})

it('the best are taken from everywhere, in their order, and it is said whether there are more', () => {
  const ranks: Record<string, Rank> = { a: 0, b: 1, c: 2, d: 3 }
  const rankOf = (item: string): Rank | null => ranks[item.charAt(0)] ?? null
  expect(bestOf(['d1', '-', 'b1', 'a1', 'b2', 'a2'], rankOf, 3)).toEqual({
    items: ['a1', 'a2', 'b1'],
    rank: 0,
    more: true,
  })
  expect(bestOf(['b1', '-'], rankOf, 3)).toEqual({ items: ['b1'], rank: 1, more: false })
  expect(bestOf(['-'], rankOf, 3)).toEqual({ items: [], rank: null, more: false })
})

it('nothing is looked at after enough of the best rank that there can be', () => {
  let looked = 0
  const rankOf = (): Rank => {
    looked += 1
    return 3
  }
  const best = bestOf(Array.from({ length: 50_000 }), rankOf, 8, 3)
  expect(best).toMatchObject({ rank: 3, more: true })
  expect(looked).toBe(9)
  const items = ['d1', 'd2', 'd3', 'b1', 'b2', 'b3', 'b4']
  const ranks = (item: string): Rank => (item.startsWith('b') ? 1 : 3)
  expect(bestOf(items, ranks, 2, 1).items, 'however many others came before').toEqual(['b1', 'b2'])
})
