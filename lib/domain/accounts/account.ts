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

/** An account with all its numbers: what one complete read of it brought. */
export const accountNumbersSchema = z.object({ account: accountSchema, numbers: z.array(assignedNumberSchema) })
export type AccountNumbers = z.infer<typeof accountNumbersSchema>
