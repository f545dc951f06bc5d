import * as z from 'zod/mini'
import { RECORD_OUTCOMES } from '../returns/record'

/** `stopping`: a person said stop, and those under way finish. `ended` is final; `reason` says how. */
export const JOB_STATES = ['running', 'paused', 'stopping', 'ended'] as const
export type JobState = (typeof JOB_STATES)[number]

/** Why a job is paused (first three) or how it ended. */
export const JOB_REASONS = [
  'three_in_a_row',
  'ledger_unavailable',
  'server_stopped',
  'finished',
  'stopped',
  'signed_out',
  'session_over',
] as const
export type JobReason = (typeof JOB_REASONS)[number]

/** What one number of a job has come to: the ledger's word, or `waiting` before its turn. */
export const JOB_ITEM_OUTCOMES = [...RECORD_OUTCOMES, 'waiting'] as const
export type JobItemOutcome = (typeof JOB_ITEM_OUTCOMES)[number]

const text = z.nullable(z.string())

export const jobItemSchema = z.object({
  number: z.string(),
  national: text,
  accountId: z.string(),
  accountName: text,
  organizationId: text,
  organizationName: text,
  outcome: z.enum(JOB_ITEM_OUTCOMES),
  /** Vida's words, or why nothing was sent. */
  message: text,
  receiptId: text,
  verified: z.nullable(z.boolean()),
})
export type JobItem = z.infer<typeof jobItemSchema>

/** A batch of returns that runs on the server. Times are ISO 8601, UTC. */
export const jobSchema = z.object({
  id: z.string(),
  state: z.enum(JOB_STATES),
  reason: z.nullable(z.enum(JOB_REASONS)),
  createdAt: z.string(),
  endedAt: text,
  requestedBy: z.object({ id: z.string(), name: z.string(), role: z.string() }),
  note: text,
  total: z.number(),
  counts: z.record(z.enum(JOB_ITEM_OUTCOMES), z.number()),
  items: z.array(jobItemSchema),
})
export type Job = z.infer<typeof jobSchema>

/** A job without its items, as lists give it. */
export const jobSummarySchema = z.omit(jobSchema, { items: true })
export type JobSummary = z.infer<typeof jobSummarySchema>

/** Answer of `GET /api/jobs`, newest first. */
export const jobsSchema = z.object({ jobs: z.array(jobSummarySchema) })
