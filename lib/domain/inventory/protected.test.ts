import { expect, test } from 'vitest'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import type { Protection, ProtectionTarget } from '@/lib/domain/protections/protection'
import { protectedSentence } from '@/lib/domain/protections/wording'
import { NO_CHANGES } from './changes'
import { marksOf } from './marks'
import { protectedNumbers } from './protected'
import { joinInventory } from './rows'
import { obstacleTo } from './selection'
import { EMPTY_STATE } from './state'

const NONE = new Set<string>()
const inOrganization = holding('2', '+1003', '+1004')
const inventory = joinInventory(
  {
    readAt: '2026-11-24T10:00:00.000Z',
    accounts: [
      holding('1', '+1001', '+1002'),
      { ...inOrganization, account: { ...inOrganization.account, organizationId: '8' } },
    ],
  },
  { ...EMPTY_STATE, complete: true, read: new Set(['1', '2']) },
)

function protection(level: ProtectionTarget['level'], target: string): Protection {
  return { id: `P-${target}`, level, target, name: null, reason: 'Main line', operator: 'Ann', setAt: '' }
}

const namedIn = (...protections: Protection[]) =>
  [...protectedNumbers(inventory, protections)].map(([number, { id }]) => `${number} ${id}`)

test('a number is protected by itself, its account or its organization, and named is the nearest', () => {
  expect(namedIn()).toEqual([])
  expect(namedIn(protection('account', '1'), protection('number', '+1002'))).toEqual(['+1002 P-+1002', '+1001 P-1'])
  expect(namedIn(protection('organization', '8'), protection('account', '2'))).toEqual(['+1003 P-2', '+1004 P-2'])
  expect(namedIn(protection('organization', '8'))).toEqual(['+1003 P-8', '+1004 P-8'])
})

test('a number that is not in the list is protected, too: it can be typed', () => {
  expect(namedIn(protection('number', '+1999'))).toEqual(['+1999 P-+1999'])
})

test('a protected row can’t be chosen, which is no problem of it, and its mark says why', () => {
  const one = protection('number', '+1001')
  const protectedBy = protectedNumbers(inventory, [one])
  expect(obstacleTo({ number: '+1001' }, inventory, NONE, new Set(['+1001']), protectedBy)).toBe('protected')
  expect(obstacleTo({ number: '+1002' }, inventory, NONE, NONE, protectedBy)).toBeNull()
  const nothing = { problems: [], accountsRead: 2, reading: false, changes: NO_CHANGES, reads: [], refused: [] }
  const marks = marksOf({ ...nothing, inventory, locked: new Map(), inBatch: new Map(), protectedBy })
  expect(marks.get('1 +1001')).toMatchObject({ obstacle: 'protected', protection: one, hasProblem: false })
  expect(marks.get('1 +1002')).toMatchObject({ obstacle: null, protection: null })
})

test('what protects a number is said with who and why', () => {
  expect(protectedSentence(protection('number', '+1001'))).toBe('+1001 is protected by Ann: “Main line”.')
  const account = { ...protection('account', '1'), name: 'Front desk', operator: null }
  expect(protectedSentence(account)).toBe('Agent account Front desk (1) is protected: “Main line”.')
})
