import * as z from 'zod/mini'
import type { AccountUse } from './use'

const time = z.nullable(z.string())
const count = z.nullable(z.number())
const usageSchema = z.object({
  lastUsedAt: time,
  lastKind: z.nullable(z.enum(['call', 'text'])),
  calls30: count,
  texts30: count,
})

/** Apart from `use.ts`, so that the browser does not load zod for it. */
export const accountUseSchema: z.ZodMiniType<AccountUse> = z.object({
  accountId: z.string(),
  readAt: z.string(),
  coveredSince: time,
  account: z.nullable(usageSchema),
  numbers: z.record(z.string(), usageSchema),
})
