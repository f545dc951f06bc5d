import * as z from 'zod/mini'

/** Why a number is returned, until an account has a list of its own. */
export const DEFAULT_REASONS: readonly string[] = [
  'Customer cancelled',
  'Customer asked',
  'Number replaced',
  'Unused',
  'Mistake in ordering',
  'Other',
]

export const MOST_REASONS = 30
export const REASON_LIMIT = 80

export const reasonsSchema = z.array(z.string()).check(z.minLength(1), z.maxLength(MOST_REASONS))
