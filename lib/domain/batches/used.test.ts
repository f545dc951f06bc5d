import { expect, test } from 'vitest'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'
import type { AccountUse, Usage } from '@/lib/domain/use/use'
import { groupForConfirmation } from './groups'
import { latestUse, usedFirst, usedRows, usedSentence } from './used'

const DAY = 24 * 60 * 60 * 1000
const NOW = Date.parse('2026-11-28T12:00:00.000Z')
const ago = (days: number) => new Date(NOW - days * DAY).toISOString()
const [A, B, C, D] = ['+12145550101', '+12145550102', '+12145550103', '+12145550104'] as const

const inventory = joinInventory(
  { readAt: ago(0), accounts: [holding('1', A, B), holding('2', C), holding('3', D)] },
  EMPTY_STATE,
)
const rows = inventory.accounts.flatMap((account) => account.rows)
const groups = groupForConfirmation(inventory, rows)
const agent = (id: string) => groups.flatMap(({ agents }) => agents).filter((each) => each.id === id)

const usage = (days: number): Usage => ({ lastUsedAt: ago(days), lastKind: 'call', calls30: 1, texts30: 0 })
const read = (accountId: string, account: Usage | null, numbers: Record<string, Usage> = {}): [string, AccountUse] => [
  accountId,
  { accountId, readAt: ago(0), coveredSince: account && ago(40), account, numbers },
]
const used = (uses: Map<string, AccountUse>) => usedRows(rows, uses, NOW).map(({ number }) => number)

test('a number was used this week if entries name it, and its agent’s other numbers were not', () => {
  const uses = new Map([
    read('1', usage(1), { [A]: usage(1) }),
    read('2', usage(20), { [C]: usage(20) }),
    read('3', null),
  ])
  expect(used(uses)).toEqual([A])
  expect(usedSentence(rows, uses, NOW)).toBe('1 of 4 was used this week; of 2 it is not known.')
})

test('where entries name no number, the agent’s use is that of its numbers', () => {
  const uses = new Map([read('1', usage(1)), read('2', usage(20)), read('3', usage(20))])
  expect(used(uses)).toEqual([A, B])
  expect(usedSentence(rows, uses, NOW)).toBe('2 of 4 were used this week, going by their agents’ use.')
  const mixed = new Map([read('1', usage(1), { [A]: usage(1), [B]: usage(1) }), read('2', usage(1))])
  expect(usedSentence(rows, mixed, NOW)).toBe(
    '3 of 4 were used this week, 1 of them going by its agent’s use; of 1 it is not known.',
  )
  const own = new Map([
    read('1', usage(1), { [A]: usage(1), [B]: usage(1) }),
    read('2', usage(20)),
    read('3', usage(20)),
  ])
  expect(usedSentence(rows, own, NOW)).toBe('2 of 4 were used this week.')
})

test('what is not read, and what Vida does not say, is not counted as unused', () => {
  expect(usedSentence(rows, new Map(), NOW)).toBe('Vida does not say whether they are in use.')
  const uses = new Map([read('2', usage(20)), read('3', usage(20))])
  expect(usedSentence(rows, uses, NOW)).toBe('None of 4 was used this week; of 2 it is not known.')
})

test('of a single number it is said without a count', () => {
  const one = rows.filter(({ number }) => number === C)
  expect(usedSentence(one, new Map([read('2', usage(1), { [C]: usage(1) })]), NOW)).toBe('It was used this week.')
  expect(usedSentence(one, new Map([read('2', usage(1))]), NOW)).toBe(
    'Its agent was used this week; Vida does not say by which number.',
  )
  expect(usedSentence(one, new Map([read('2', usage(20))]), NOW)).toBe('It was not used this week.')
  expect(usedSentence(one, new Map(), NOW)).toBe('Vida does not say whether it is in use.')
})

test('an agent’s line has the latest use of its chosen numbers', () => {
  const uses = new Map([read('1', usage(1), { [A]: usage(30), [B]: usage(3) })])
  expect(agent('1').map((each) => latestUse(each, uses)?.number)).toEqual([B])
  expect(agent('2').map((each) => latestUse(each, uses))).toEqual([null])
})

test('agents with a used number come first, the others keep their order', () => {
  const order = (uses: Map<string, AccountUse>) =>
    usedFirst(groups, uses, NOW).flatMap(({ agents }) => agents.map(({ id }) => id))
  expect(order(new Map())).toEqual(['1', '2', '3'])
  expect(order(new Map([read('3', usage(1))]))).toEqual(['3', '1', '2'])
})
