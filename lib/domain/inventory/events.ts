import * as z from 'zod/mini'
import { accountNumbersSchema, accountSchema, assignedNumberSchema } from '@/lib/domain/accounts/account'

const namedSchema = z.object({ id: z.string(), name: z.string() })

const progressEventSchema = z.object({
  type: z.literal('progress'),
  accountsFound: z.number(),
  accountsRead: z.number(),
  accountsFailed: z.number(),
})
const numbersEventSchema = z.object({
  type: z.literal('numbers'),
  account: accountSchema,
  numbers: z.array(assignedNumberSchema),
  /** Vida lists further entries for the account that are no phone numbers; a problem quotes them. */
  partial: z.optional(z.literal(true)),
  /** When reading the account began, by the clock of account reads (`RecordedRead`), ISO 8601, UTC. */
  readAt: z.optional(z.string()),
})
const problemEventSchema = z.object({
  type: z.literal('problem'),
  code: z.string(),
  detail: z.string(),
  account: z.optional(namedSchema),
  organization: z.optional(namedSchema),
})
const doneEventSchema = z.object({
  type: z.literal('done'),
  complete: z.boolean(),
  accountsFound: z.number(),
  accountsRead: z.number(),
  accountsFailed: z.number(),
  numbers: z.number(),
  readAt: z.string(),
})

/** One line of `GET /api/numbers` (application/x-ndjson). The last line of every stream is `done`. */
const inventoryEventSchema = z.discriminatedUnion('type', [
  progressEventSchema,
  numbersEventSchema,
  problemEventSchema,
  doneEventSchema,
])
export type InventoryEvent = z.infer<typeof inventoryEventSchema>
export type NumbersEvent = z.infer<typeof numbersEventSchema>
export type ProblemEvent = z.infer<typeof problemEventSchema>
export type DoneEvent = z.infer<typeof doneEventSchema>
export type ProgressEvent = z.infer<typeof progressEventSchema>

/** How the baseline differs from the current snapshot: accounts with other content, and ids of new accounts. */
const beforeSchema = z.object({
  readAt: z.string(),
  accounts: z.array(accountNumbersSchema),
  added: z.array(z.string()),
  /** Accounts that held the same numbers and were described otherwise. */
  restated: z.optional(z.array(accountSchema)),
})

/** The last complete inventory (`GET /api/inventory`). `readAt` is ISO 8601, UTC. No `before`: there is no baseline. */
const snapshotSchema = z.object({
  readAt: z.string(),
  accounts: z.array(accountNumbersSchema),
  before: z.optional(beforeSchema),
})
export type Snapshot = z.infer<typeof snapshotSchema>

/** Since when an account has held a number. `atLeast`: perhaps longer, as no earlier complete reading is stored. */
export interface SeenIn {
  accountId: string
  since: string
  atLeast: boolean
}
