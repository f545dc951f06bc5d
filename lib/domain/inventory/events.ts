import * as z from 'zod/mini'

const text = z.nullable(z.string())
const flag = z.nullable(z.boolean())

/** One assigned number: E.164, its national form, ISO 3166 country, and what Vida's answer brings besides. */
export const assignedNumberSchema = z.object({
  number: z.string(),
  national: text,
  country: text,
  label: text,
  provider: text,
  sms: flag,
})
export type AssignedNumber = z.infer<typeof assignedNumberSchema>

/** The account that holds numbers: an agent account, or an organization that holds some itself. `…At` are ISO 8601, UTC. */
export const holderSchema = z.object({
  id: z.string(),
  name: z.string(),
  active: flag,
  canceledAt: text,
  canceledReason: text,
  organizationId: text,
  organizationName: text,
  organizationActive: flag,
  organizationCanceledAt: text,
})
export type Holder = z.infer<typeof holderSchema>

const namedSchema = z.object({ id: z.string(), name: z.string() })

const progressEventSchema = z.object({
  type: z.literal('progress'),
  accountsFound: z.number(),
  accountsRead: z.number(),
  accountsFailed: z.number(),
})
const numbersEventSchema = z.object({
  type: z.literal('numbers'),
  account: holderSchema,
  numbers: z.array(assignedNumberSchema),
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

/** An account with all its numbers: what one complete read of it brought. */
const accountHoldingSchema = z.object({ account: holderSchema, numbers: z.array(assignedNumberSchema) })
export type AccountHolding = z.infer<typeof accountHoldingSchema>

/**
 * How the inventory that changes are told against differs from the kept one: its accounts that are not the same there, and
 * the ids of those that it lacks.
 */
const beforeSchema = z.object({
  readAt: z.string(),
  accounts: z.array(accountHoldingSchema),
  added: z.array(z.string()),
})

/** Answer of `GET /api/inventory`: the last complete inventory; `readAt` is ISO 8601, UTC. No `before`: nothing changed. */
const keptInventorySchema = z.object({
  readAt: z.string(),
  accounts: z.array(accountHoldingSchema),
  before: z.optional(beforeSchema),
})
export type KeptInventory = z.infer<typeof keptInventorySchema>

/** Since when one account has held a number; `atLeast`: it did so already at the first complete reading, or none is kept yet. */
export interface SeenIn {
  accountId: string
  since: string
  atLeast: boolean
}
