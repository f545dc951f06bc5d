import { describe, expect, it } from 'vitest'
import type { AssignedNumber } from '@/lib/domain/accounts/account'
import { bareNumber } from '@/lib/server/vida/numbers'
import { agentAccount, assigned } from './events'
import { LINE_END, writeLine } from './numbers-line'
import { NumbersRead } from './numbers-read'

const account = agentAccount({ id: 'a1', name: 'Front “desk”', active: true }, null)
const readAt = '2026-11-25T08:00:00.000Z'
const later = '2026-11-25T08:05:00.000Z'
const plain = assigned(bareNumber('+12145550000'))
const e164 = (index: number) => `+1214555${String(index).padStart(4, '0')}`
const numbersOf = (count: number): AssignedNumber[] =>
  Array.from({ length: count }, (_, index) => ({ ...plain, number: e164(index), label: `“],[“ 🐦 ${index}` }))
const write = (numbers: AssignedNumber[]) => writeLine({ type: 'numbers', account, numbers, partial: true, readAt })

describe('NumbersRead', () => {
  for (const count of [0, 1, 500, 1_201])
    it(`gives ${count} numbers of an account as they were written, and the line is the event`, async () => {
      const numbers = numbersOf(count)
      const line = await write(numbers)
      const text = Buffer.concat([...line, LINE_END]).toString()
      expect(text.indexOf('\n')).toBe(text.length - 1)
      expect(JSON.parse(text)).toEqual({ type: 'numbers', account, numbers, partial: true, readAt })

      const read = new NumbersRead()
      read.put('a1', line)
      expect(await Array.fromAsync(read.all())).toEqual([{ account, numbers, readAt }])
      expect(await read.numbersOf('a1')).toEqual(numbers.map(({ number }) => number))
      expect(read.accountsHolding(e164(count - 1))).toEqual(count > 0 ? [account] : [])
      expect(read.accountsHolding(e164(count))).toEqual([])
    })

  it('lets the event loop turn while it writes and parses an account with many numbers', async () => {
    const numbers = numbersOf(10_000).map((each) => ({ ...each, label: 'Front desk '.repeat(80) }))
    const read = new NumbersRead()
    expect(await turnsDuring(async () => read.put('a1', await write(numbers)))).toBeGreaterThan(1)
    expect(await turnsDuring(() => read.numbersOf('a1'))).toBeGreaterThan(1)
  })

  it('gives what an account held when it was read again, until its next line', async () => {
    const read = new NumbersRead()
    read.replace('a1', { numbers: numbersOf(3), readAt: later })
    expect(await read.numbersOf('a1')).toBeNull()
    read.put('a1', await write(numbersOf(2)))
    read.replace('a1', { numbers: numbersOf(1), readAt: later })
    expect(await Array.fromAsync(read.all())).toEqual([{ account, numbers: numbersOf(1), readAt: later }])
    expect(await read.numbersOf('a1')).toEqual([e164(0)])
    expect([read.accountsHolding(e164(0)), read.accountsHolding(e164(1))]).toEqual([[account], []])
    read.put('a1', await write(numbersOf(2)))
    expect(await read.numbersOf('a1')).toEqual([e164(0), e164(1)])
  })
})

async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let over = false
  const count = () => {
    turns += 1
    if (!over) setImmediate(count)
  }
  setImmediate(count)
  await work()
  over = true
  return turns
}
