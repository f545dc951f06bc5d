import 'server-only'
import { cleanLine } from '@/lib/domain/text/clean'

/** A text of Vida's as one line (`cleanLine`); null: empty. */
export function sanitizeLine(text: string, limit = 500): string | null {
  return cleanLine(text, limit) || null
}
