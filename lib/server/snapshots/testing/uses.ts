import type { AccountUse } from '@/lib/domain/use/use'

export function accountUse(accountId: string, changes: Partial<AccountUse> = {}): AccountUse {
  return {
    accountId,
    readAt: '2026-11-24T12:00:00.000Z',
    coveredSince: '2026-05-01T00:00:00.000Z',
    account: { lastUsedAt: '2026-11-24T11:00:00.000Z', lastKind: 'call', calls30: 14, texts30: 3 },
    numbers: {},
    ...changes,
  }
}
