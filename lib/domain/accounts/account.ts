import * as z from 'zod/mini'

const text = z.nullable(z.string())
const flag = z.nullable(z.boolean())

/** `number` is E.164, `country` ISO 3166. */
export const assignedNumberSchema = z.object({
  number: z.string(),
  national: text,
  country: text,
  label: text,
  provider: text,
  sms: flag,
})
export type AssignedNumber = z.infer<typeof assignedNumberSchema>

/** An agent account, or an organization that has numbers itself. `…At` are ISO 8601, UTC. */
export const accountSchema = z.object({
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
export type Account = z.infer<typeof accountSchema>

/** The result of one complete account read. */
export const accountNumbersSchema = z.object({ account: accountSchema, numbers: z.array(assignedNumberSchema) })
export type AccountNumbers = z.infer<typeof accountNumbersSchema>
