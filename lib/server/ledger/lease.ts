import 'server-only'
import type { Queries } from './context'

interface Lease {
  instance: string
  leaseMs: number
  now: number
}

/** An expired lease stays so: another instance may have settled the return. @returns whether it was renewed */
export async function renewLease(
  queries: Queries,
  receiptId: string,
  { instance, leaseMs, now }: Lease,
): Promise<boolean> {
  const renewed = await queries
    .updateTable('return_locks')
    .set({ lease_until: now + leaseMs })
    .where('receipt_id', '=', receiptId)
    .where('instance', '=', instance)
    .where('state', '=', 'open')
    .where('lease_until', '>', now)
    .returning('receipt_id')
    .executeTakeFirst()
  return renewed !== undefined
}
