import * as fc from 'fast-check'
import { type CountryCode, getExampleNumber, isSupportedCountry } from 'libphonenumber-js/min'
import examples from 'libphonenumber-js/mobile/examples'
import { expect, test } from 'vitest'
import { held, makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import { checkLines, entriesOf } from '@/lib/domain/batches/check'
import { columnOf } from '@/lib/domain/batches/table'
import { listedIn, meaningsOfTyped } from '@/lib/domain/inventory/listed'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'
import { describeNumber, readTyped } from './e164'
import { readPasted } from './pasted'

const EXAMPLES = Object.keys(examples)
  .filter((country): country is CountryCode => isSupportedCountry(country))
  .flatMap((country) => getExampleNumber(country, examples)?.number ?? [])
const NUMBERS = [...EXAMPLES, '+12145550101', '+442079460018', '+5072001234', '+5215512345678', '+390612345678']

const inventoryOf = (numbers: readonly string[]) =>
  joinInventory(
    {
      readAt: '2026-11-24T10:00:00.000Z',
      accounts: [
        {
          account: makeAccount('1'),
          numbers: numbers.map((number) => ({ ...held(number), national: describeNumber(number).national })),
        },
      ],
    },
    EMPTY_STATE,
  )

/** Some countries' own numbers have four or five digits, which are not searched for. */
const isLong = (text: string) => text.replace(/\D/g, '').length >= 6

function printed(number: string): string[] {
  const { national } = describeNumber(number)
  const digits = number.slice(1)
  const spaced = `+${digits.replace(/(\d{2})(?=\d)/g, '$1 ')}`
  const forms = [number, spaced, digits, `00${digits}`, `011${digits}`, `tel:${number}`, ` \u202a${number}\u202c`]
  return national === null ? forms : [...forms, national, national.replace(/\D/g, '')].filter(isLong)
}

test('a listed number is found in each of its printed forms, by paste and by hand, and no other one is chosen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.constantFrom(...NUMBERS), { minLength: 1, maxLength: 5 }), async (numbers) => {
      const inventory = inventoryOf(numbers)
      for (const number of numbers) {
        for (const text of printed(number)) {
          const { entries } = await readPasted(text, 'US')
          const sources = { inventory, obstacle: () => null, latest: new Map() }
          const lines = [...checkLines(entriesOf(columnOf([[text]], 0), entries), sources)]
          const found = lines.flatMap((line) => (line.canBeChosen ? [line.readAs] : []))
          const several = lines.flatMap(({ why }) => (why?.kind === 'several' ? why.meanings : []))
          expect(found.length > 0 ? found : several.map((each) => each.number), text).toContain(number)
          if (found.length > 0) expect(found, text).toEqual([number])
          expect(meaningsOfTyped(text, readTyped(text).number, listedIn(inventory)), text).toContain(number)
        }
      }
    }),
    { numRuns: 20 },
  )
})

test('each printed form of any listed number is one of its meanings in a long list', async () => {
  const inventory = inventoryOf(NUMBERS)
  const listed = listedIn(inventory)
  for (const number of NUMBERS)
    for (const text of printed(number))
      expect(meaningsOfTyped(text, readTyped(text).number, listed), `${number} as ${text}`).toContain(number)
})
