import { expect, it, test } from 'vitest'
import { hiddenOf } from './columns'

it('hides the columns that were kept', () => {
  expect([...hiddenOf('country,agent')].sort()).toEqual(['agent', 'country'])
  expect(hiddenOf(null).size).toBe(0)
})

test.each(['nothing', '{"hidden":["country"]}', 'country,number', 'country,country'])(
  'hides none where what was kept is broken: %s',
  (broken) => expect(hiddenOf(broken).size).toBe(0),
)
