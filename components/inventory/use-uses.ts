'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useToast } from '@/components/ui/toast'
import { plural } from '@/lib/client/format/format'
import { usesQuery } from '@/lib/client/queries/uses'
import { NO_USES, type Uses } from '@/lib/domain/inventory/unused'

/** @param enabled reads what is stored; otherwise what this page knows already is given */
export function useUses(enabled = false): Uses {
  const { data = NO_USES } = useQuery({ ...usesQuery, enabled })
  return data
}

interface Order {
  accountIds: readonly string[]
  /** With those that an earlier run read. */
  accounts: number
}

/** Reads the use of accounts; it goes on when the caller is gone, and Activity shows it. */
export function useFindUses() {
  const client = useQueryClient()
  const toast = useToast()
  return useMutation({
    mutationFn: async ({ accountIds, accounts }: Order) => {
      const { findUses } = await import('@/lib/client/queries/find-uses')
      return findUses(client, accountIds, accounts)
    },
    onSuccess: ({ accounts, left, problems, failure }) => {
      const more = { href: '/numbers?view=unused', words: 'Unused numbers' }
      if (left.length === 0) toast(`The use of ${plural(accounts, 'account')} was read.`, 'result', more)
      else if (failure !== null || problems.length > 0)
        toast(`The use of ${plural(left.length, 'account')} was not read. Activity says why.`, 'failure')
    },
    onError: () => toast('The use could not be read. Reload the page and try again.', 'failure'),
  }).mutate
}
