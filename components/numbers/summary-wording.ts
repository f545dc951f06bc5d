import { formatCount, plural } from '@/lib/client/format/format'
import type { ProblemEvent } from '@/lib/domain/inventory/events'
import type { Inventory } from '@/lib/domain/inventory/rows'
import { failedOrganizations, type InventoryState } from '@/lib/domain/inventory/state'

/** The one set of counts of a list that is not complete: “64 of 68 numbers read”. */
export function readWording({ total, totalRead }: Pick<Inventory, 'total' | 'totalRead'>): string {
  if (total === 0) return 'Nothing could be read'
  return totalRead < total
    ? `${formatCount(totalRead)} of ${plural(total, 'number')} read`
    : `${plural(total, 'number')} read`
}

/** “1 account failed”. Of an organization whose accounts could not be listed, nobody knows how many it has. */
export function failedWording({ accountsFailed, problems }: InventoryState): string {
  const organizations = failedOrganizations(problems)
  const failed = [
    accountsFailed > 0 && plural(accountsFailed, 'account'),
    organizations > 0 && plural(organizations, 'organization'),
  ].filter(Boolean)
  if (failed.length === 0) return 'the list may not be complete'
  const incomplete = problems.some(({ code }) => code === 'entry_unreadable')
  return `${failed.join(' and ')} ${incomplete ? 'not read completely' : 'failed'}`
}

/** A problem without the name of its account or organization, which stands beside it. */
export function detailOf({ detail, account, organization }: ProblemEvent): string {
  const name = `${account?.name ?? organization?.name}: `
  return detail.startsWith(name) ? detail.slice(name.length) : detail
}
