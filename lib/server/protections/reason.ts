import 'server-only'
import { REASON_LIMIT } from '@/lib/domain/protections/protection'
import { line } from '@/lib/server/http/line'
import { Problem } from '@/lib/server/http/problem'

const reasonSchema = line(REASON_LIMIT)

/** @throws Problem `reason_required` for an empty one, or one that is too long */
export function reasonOf(text: string): string {
  const { data } = reasonSchema.safeParse(text)
  if (data) return data
  throw new Problem('reason_required', { detail: 'Give a reason in at most 200 characters. Nothing was changed.' })
}
