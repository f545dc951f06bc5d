import 'server-only'
import type { UseWhenReturned } from '@/lib/domain/returns/record'
import { numberUse } from '@/lib/domain/use/use'
import type { Context } from '@/lib/server/context/context'

const DAY_MS = 86_400_000

const NOTHING: UseWhenReturned = { lastUsedAt: null, lastKind: null, useBasis: null }

/** Of the reading that is stored, if that is of the last day: Vida is not asked. */
export async function knownUse(
  { uses, clock }: Pick<Context, 'uses' | 'clock'>,
  identity: string,
  number: string,
  accountId: string | null,
): Promise<UseWhenReturned> {
  const stored = accountId === null ? null : await uses.of(identity, accountId)
  if (stored === null || Date.parse(stored.readAt) <= clock.now() - DAY_MS) return NOTHING
  const { basis, lastUsedAt, lastKind } = numberUse(stored, number)
  return basis === 'none' ? NOTHING : { lastUsedAt, lastKind, useBasis: basis }
}
