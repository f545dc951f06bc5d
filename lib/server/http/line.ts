import 'server-only'
import * as z from 'zod'
import { cleanLine } from '@/lib/domain/text/clean'

/**
 * A text that a person typed, as `cleanLine` leaves it: what is removed carries no meaning, and is pasted unseen.
 * @param limit code points of what is left, so that a character of two code units is one.
 */
export function line(limit: number) {
  return z
    .string()
    .transform((text) => cleanLine(text))
    .refine((text) => [...text].length <= limit)
}
