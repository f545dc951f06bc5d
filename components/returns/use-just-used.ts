'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { useNow } from '@/components/ui/hooks'
import { formatAge } from '@/lib/client/format/format'
import { usesOfNumberKey } from '@/lib/client/queries/use'
import type { NumberUse } from '@/lib/domain/use/use'
import { justUsedWording } from '@/lib/domain/use/wording'

/** “Used 2 hours ago”, from what a confirmation in this tab read or still reads; null: not in the last 7 days, or not known. */
export function useJustUsed(number: string): string | null {
  const client = useQueryClient()
  const now = useNow()
  const use = useSyncExternalStore(
    (changed) => client.getQueryCache().subscribe(changed),
    () => client.getQueriesData<NumberUse>({ queryKey: usesOfNumberKey(number) }).at(-1)?.[1] ?? null,
    () => null,
  )
  return use && justUsedWording(use, now, formatAge)
}
