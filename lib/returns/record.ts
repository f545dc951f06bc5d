import * as z from 'zod/mini'
import { assignedNumberSchema } from '../inventory/events'

/** What `POST /api/numbers/return` can answer; `docs/architecture.md` says what is known for each. */
const OUTCOMES = ['returned', 'refused', 'already_gone', 'unknown'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What a record of the ledger can say: the answers of a return, and three that no answer carries. */
export const RECORD_OUTCOMES = [...OUTCOMES, 'open', 'not_sent', 'not_returned'] as const
export type RecordOutcome = (typeof RECORD_OUTCOMES)[number]

/** Longest note a confirmation may carry, in characters. */
export const NOTE_LIMIT = 200

/** How a record came to its present outcome; the receipt's words are made from it. */
export const PROOFS = [
  'sending',
  'vida_answered',
  'read_before',
  'unreadable_before',
  'read_after',
  'never_connected',
  'no_answer',
  'unclear_answer',
  'server_stopped',
  'marked_by_person',
  'absent_from_walk',
] as const
export type Proof = (typeof PROOFS)[number]

const text = z.nullable(z.string())

/** One entry of a receipt's story, oldest first. `at` is ISO 8601, UTC; `durationMs` is the upstream call's. */
const returnEventSchema = z.object({
  at: z.string(),
  outcome: z.enum(RECORD_OUTCOMES),
  how: z.enum(PROOFS),
  message: text,
  httpStatus: z.nullable(z.number()),
  durationMs: z.nullable(z.number()),
  /** true: a complete read lacked the number; false: it was still listed; null: not looked, or not readable. */
  gone: z.nullable(z.boolean()),
})
export type ReturnEvent = z.infer<typeof returnEventSchema>

/** One return as `GET /api/returns` gives it: the intent and what became of it. Times are ISO 8601, UTC. */
export const returnRecordSchema = z.object({
  receiptId: z.string(),
  number: z.string(),
  national: text,
  accountId: text,
  accountName: text,
  organizationId: text,
  organizationName: text,
  outcome: z.enum(RECORD_OUTCOMES),
  message: text,
  note: text,
  requestedAt: z.string(),
  settledAt: text,
  verified: z.nullable(z.boolean()),
  verifiedAt: text,
  requestedBy: z.object({ id: z.string(), name: z.string(), role: z.string() }),
  batchId: text,
  events: z.array(returnEventSchema),
})
export type ReturnRecord = z.infer<typeof returnRecordSchema>

const returnsPageSchema = z.object({
  returns: z.array(returnRecordSchema),
  nextCursor: text,
  /** How many returns of this account, in all pages, are `unknown` at present. */
  unknownCount: z.number(),
})

/** Answer of `POST /api/numbers/return`. `numbers` is the account's array after the re-read; null if it could not be read. */
const returnAnswerSchema = z.object({
  outcome: z.enum(OUTCOMES),
  message: text,
  receiptId: z.string(),
  numbers: z.nullable(z.array(assignedNumberSchema)),
})
export type ReturnAnswer = z.infer<typeof returnAnswerSchema>
