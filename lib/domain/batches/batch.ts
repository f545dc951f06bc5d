import { RECORD_OUTCOMES } from '@/lib/domain/returns/record'

/** `stopping`: a person said stop, and those under way finish. `ended` is final; `reason` says how. */
export type JobState = 'running' | 'paused' | 'stopping' | 'ended'

/** Why a job is paused (first four) or how it ended. */
export type JobReason =
  | 'three_in_a_row'
  | 'ledger_unavailable'
  | 'server_stopped'
  | 'app_failed'
  | 'finished'
  | 'stopped'
  | 'signed_out'
  | 'session_over'

/** What one number of a job has come to: the ledger's word, or `waiting` before its turn. */
export const JOB_ITEM_OUTCOMES = [...RECORD_OUTCOMES, 'waiting'] as const
export type JobItemOutcome = (typeof JOB_ITEM_OUTCOMES)[number]

export interface JobItem {
  /** E.164. */
  number: string
  national: string | null
  accountId: string
  accountName: string | null
  organizationId: string | null
  organizationName: string | null
  outcome: JobItemOutcome
  /** Vida's words, or why nothing was sent. */
  message: string | null
  receiptId: string | null
  verified: boolean | null
}

/** A batch of returns that runs on the server. Times are ISO 8601, UTC. */
export interface Job {
  id: string
  state: JobState
  reason: JobReason | null
  createdAt: string
  endedAt: string | null
  requestedBy: { id: string; name: string; role: string }
  note: string | null
  total: number
  counts: Record<JobItemOutcome, number>
  items: JobItem[]
}

/** A job without its items, as lists give it. */
export type JobSummary = Omit<Job, 'items'> & {
  /** How many customers its numbers are of, and the name of the first one. */
  customers: { first: string; count: number }
}
