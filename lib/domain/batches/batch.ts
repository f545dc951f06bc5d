import { RECORD_OUTCOMES } from '@/lib/domain/returns/record'

/** `held`: nothing is begun before `sendsAt`. `stopping`: only returns in progress finish. `ended` is final. */
export type BatchState = 'held' | 'running' | 'paused' | 'stopping' | 'ended'

/** Why a batch is paused (first four) or how it ended. */
export type BatchReason =
  | 'three_in_a_row'
  | 'ledger_unavailable'
  | 'server_stopped'
  | 'app_failed'
  | 'finished'
  | 'stopped'
  | 'undone'
  | 'signed_out'
  | 'session_over'

/** The ledger's outcome of one number, or `waiting`: not sent yet. */
export const BATCH_ITEM_OUTCOMES = [...RECORD_OUTCOMES, 'waiting'] as const
export type BatchItemOutcome = (typeof BATCH_ITEM_OUTCOMES)[number]

export interface BatchItem {
  number: string
  national: string | null
  accountId: string
  accountName: string | null
  organizationId: string | null
  organizationName: string | null
  outcome: BatchItemOutcome
  /** Vida's message, or why nothing was sent. */
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
  /** Until then the batch can be undone whole; null: without a hold. */
  sendsAt: string | null
  endedAt: string | null
  requestedBy: { id: string; name: string; role: string }
  /** The name typed at sign-in, a statement; null: none was typed. */
  operator: string | null
  /** Why the numbers are returned; null: no reason was chosen. */
  returnReason: string | null
  note: string | null
  total: number
  counts: Record<BatchItemOutcome, number>
  items: BatchItem[]
}

export type BatchSummary = Omit<Batch, 'items'> & {
  /** `first`: a customer's name. */
  customers: { first: string; count: number }
}
