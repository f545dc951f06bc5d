import { expect, it } from 'vitest'
import { bareNumber } from '@/lib/server/vida/numbers'
import { assigned } from './events'

it.each(['+14365550101', '+17295550101', '+18615550101'])(
  'keeps the country that Vida states for a number of a new area code: %s',
  (number) => {
    expect(assigned({ ...bareNumber(number), country: 'US' })).toMatchObject({ number, country: 'US' })
    expect(assigned(bareNumber(number)).country).toBeNull()
  },
)

it('knows a country by the numbering plan first', () => {
  expect(assigned({ ...bareNumber('+442079460018'), country: 'US' }).country).toBe('GB')
})
