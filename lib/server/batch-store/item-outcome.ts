import type { Batch, BatchItemOutcome } from '@/lib/domain/batches/batch'
import type { RecordOutcome } from '@/lib/domain/returns/record'
import type { Batches, BatchItems } from '@/lib/server/db/tables'

/**
 * What a batch's row means at `now` (Unix ms): one whose runner's lease has run out is paused by the server's stop, or
 * over if a person had said stop.
 */
export function stateOf(
  { state, reason, lease_until }: Pick<Batches, 'state' | 'reason' | 'lease_until'>,
  now: number,
): Pick<Batch, 'state' | 'reason'> {
  const abandoned = lease_until < now
  if (abandoned && state === 'running') return { state: 'paused', reason: 'server_stopped' }
  if (abandoned && state === 'stopping') return { state: 'ended', reason: 'stopped' }
  return { state, reason }
}

/**
 * What a number of a batch has come to: the word of its latest receipt, or, without one, what its turn says. One whose turn
 * comes again waits, although a first receipt says that nothing was sent.
 */
export function outcomeOf(turn: BatchItems['state'], recorded: RecordOutcome | null, over: boolean): BatchItemOutcome {
  if (turn === 'waiting' && !over && recorded === 'not_sent') return 'waiting'
  if (recorded !== null) return recorded
  if (turn === 'done' || over) return 'not_sent'
  return turn === 'taken' ? 'open' : 'waiting'
}

/**
 * The code of the problem that a number's turn ended with, if any: also where its server died before the ledger had a word
 * of it.
 */
export function problemOf(
  { state, problem }: Pick<BatchItems, 'state' | 'problem'>,
  recorded: RecordOutcome | null,
  over: boolean,
): string | null {
  return over && state === 'taken' && recorded === null ? 'turn_lost' : problem
}
