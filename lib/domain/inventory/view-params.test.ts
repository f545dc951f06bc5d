import { describe, expect, test } from 'vitest'
import { MOST_VALUES, toggled, viewParams } from './view-params'

describe('a filter in the address', () => {
  test.each([
    ['one value, as addresses had before', 'US', ['US']],
    ['several values', 'US,CA,unstated', ['US', 'CA', 'unstated']],
    ['a value twice, and what is no country', 'US,us,,US,<b>,CA', ['US', 'CA']],
    ['nothing known', 'nowhere', []],
  ])('has %s', (_what, text, values) => expect(viewParams.country.parse(text)).toEqual(values))

  test('is written as it is read', () => {
    expect(viewParams.org.serialize(['8001', '8009'])).toBe('8001,8009')
    expect(viewParams.state.parse(viewParams.state.serialize(['cancelled', 'unstated']))).toEqual([
      'cancelled',
      'unstated',
    ])
    expect(viewParams.only.parse('changed,nothing')).toEqual(['changed'])
  })

  test('has a bounded number of bounded values', () => {
    const ids = Array.from({ length: 2 * MOST_VALUES }, (_, index) => String(index))
    expect(viewParams.org.parse(ids.join(','))).toEqual(ids.slice(0, MOST_VALUES))
    expect(viewParams.org.parse(`8001,${'9'.repeat(65)}`)).toEqual(['8001'])
  })
})

test('a value is added to a filter and removed again; a full filter takes no more', () => {
  expect(toggled(['US'], 'CA')).toEqual(['US', 'CA'])
  expect(toggled(['US', 'CA'], 'US')).toEqual(['CA'])
  const full = Array.from({ length: MOST_VALUES }, (_, index) => String(index))
  expect(toggled(full, 'one more')).toEqual(full)
})
