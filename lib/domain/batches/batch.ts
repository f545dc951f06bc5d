import { RECORD_OUTCOMES } from '@/lib/domain/returns/record'

/** `stopping`: a person said stop, and those under way finish. `ended` is final; `reason` says how. */
export type BatchState = 'running' | 'paused' | 'stopping' | 'ended'

/** Why a batch is paused (first four) or how it ended. */
export type BatchReason =
  | 'three_in_a_row'
  | 'ledger_unavailable'
  | 'server_stopped'
  | 'app_failed'
  | 'finished'
  | 'stopped'
  | 'signed_out'
  | 'session_over'

/** What one number of a batch has come to: the ledger's word, or `waiting` before its turn. */
export const BATCH_ITEM_OUTCOMES = [...RECORD_OUTCOMES, 'waiting'] as const
export type BatchItemOutcome = (typeof BATCH_ITEM_OUTCOMES)[number]

export interface BatchItem {
  /** E.164. */
  number: string
  national: string | null
  accountId: string
  accountName: string | null
  organizationId: string | null
  organizationName: string | null
  outcome: BatchItemOutcome
  /** Vida's words, or why nothing was sent. */
  message: string | null
  receiptId: string | null
  verified: boolean | null
}

/** A batch of returns that runs on the server. Times are ISO 8601, UTC. */
export interface Batch {
  id: string
  state: BatchState
  reason: BatchReason | null
  createdAt: string
  endedAt: string | null
  requestedBy: { id: string; name: string; role: string }
  note: string | null
  total: number
  counts: Record<BatchItemOutcome, number>
  items: BatchItem[]
}

/** A batch without its items, as lists give it. */
export type BatchSummary = Omit<Batch, 'items'> & {
  /** How many customers its numbers are of, and the name of the first one. */
  customers: { first: string; count: number }
}
