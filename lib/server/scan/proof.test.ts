import { expect, it } from 'vitest'
import type { NumberList } from '@/lib/server/vida/client'
import { VidaFailure } from '@/lib/server/vida/failure'
import { bareNumber } from '@/lib/server/vida/numbers'
import { readProof } from './proof'

const WANTED = '+12145550101'

/** What readings of an account that hold such numbers prove of `WANTED`. */
async function prove(isProof: boolean, ...readings: string[][]): Promise<string> {
  let asked = 0
  const read = async (): Promise<NumberList> => {
    const numbers = (readings[asked++] ?? []).map(bareNumber)
    return { numbers, odd: [], isProof }
  }
  const result = await readProof(read, WANTED).then(
    ({ numbers }) => (numbers.some(({ number }) => number === WANTED) ? 'there' : 'gone'),
    (error: unknown) => (error instanceof VidaFailure ? error.code : 'another error'),
  )
  return `${result} after ${asked}`
}

it('believes one reading that is proof, and one that lists the number', async () => {
  expect(await prove(true, ['+2'])).toBe('gone after 1')
  expect(await prove(false, [WANTED])).toBe('there after 1')
})

it('believes absence from pages without a total only if two readings in a row are the same', async () => {
  expect(await prove(false, ['+2', '+3'], ['+3', '+2'])).toBe('gone after 2')
  expect(await prove(false, ['+2', '+3'], ['+3'], ['+3'])).toBe('gone after 3')
  expect(await prove(false, ['+2', '+3'], ['+3'], ['+2', '+3'])).toBe('list_changed after 3')
  expect(await prove(false, ['+2'], ['+2', WANTED])).toBe('there after 2')
})
