import 'server-only'
import * as z from 'zod'
import type { ProblemCode } from '@/lib/domain/problems/codes'
import { REASON_LIMIT } from '@/lib/domain/protections/protection'
import { line } from '@/lib/server/http/line'

export const reasonSchema = line(REASON_LIMIT).pipe(z.string().min(1))

export function wrongField(field: string): ProblemCode {
  return field === 'reason' ? 'reason_required' : 'malformed'
}
