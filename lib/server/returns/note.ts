import 'server-only'
import * as z from 'zod'
import { NOTE_LIMIT } from '@/lib/domain/returns/record'

/** Counts code points, so that a character of two code units is one. */
export const noteSchema = z
  .string()
  .trim()
  .refine((note) => [...note].length <= NOTE_LIMIT)
  .nullable()
  .default(null)
