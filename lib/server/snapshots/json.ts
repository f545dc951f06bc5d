import 'server-only'
import * as z from 'zod/mini'
import { assignedNumberSchema } from '@/lib/domain/accounts/account'

export const numbersSchema = z.array(assignedNumberSchema)

/** Null for a row of another shape. */
export function readJson<S extends z.core.$ZodType>(schema: S, text: string): z.output<S> | null {
  try {
    const parsed = z.safeParse(schema, JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
