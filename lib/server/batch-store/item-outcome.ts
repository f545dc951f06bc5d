import type { Batch, BatchItemOutcome } from '@/lib/domain/batches/batch'
import type { RecordOutcome } from '@/lib/domain/returns/record'
import type { Batches, BatchItems } from '@/lib/server/db/tables'

/** The state of a batch at `now` (Unix ms): with an expired lease it is paused, or ended if a person had stopped it. */
export function stateOf(
  { state, reason, lease_until }: Pick<Batches, 'state' | 'reason' | 'lease_until'>,
  now: number,
): Pick<Batch, 'state' | 'reason'> {
  const abandoned = lease_until < now
  if (abandoned && (state === 'running' || state === 'held')) return { state: 'paused', reason: 'server_stopped' }
  if (abandoned && state === 'stopping') return { state: 'ended', reason: 'stopped' }
  return { state, reason }
}

/** A requeued number is waiting, although its first receipt is `not_sent`. */
export function outcomeOf(state: BatchItems['state'], recorded: RecordOutcome | null, over: boolean): BatchItemOutcome {
  if (state === 'waiting' && !over && recorded === 'not_sent') return 'waiting'
  if (recorded !== null) return recorded
  if (state === 'done' || over) return 'not_sent'
  return state === 'taken' ? 'open' : 'waiting'
}

/** The problem code that an item ended with, also where its server stopped before the ledger had a record. */
export function problemOf(
  { state, problem }: Pick<BatchItems, 'state' | 'problem'>,
  recorded: RecordOutcome | null,
  over: boolean,
): string | null {
  return over && state === 'taken' && recorded === null ? 'server_stopped' : problem
}
