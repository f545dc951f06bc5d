import 'server-only'
import * as z from 'zod'
import { NOTE_LIMIT } from '@/lib/domain/returns/record'

/** A note of at most 200 characters, as people count them: one of two code units is one. Without it: null. */
export const noteSchema = z
  .string()
  .trim()
  .refine((note) => [...note].length <= NOTE_LIMIT)
  .nullable()
  .default(null)
