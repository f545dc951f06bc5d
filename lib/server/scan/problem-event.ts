import 'server-only'
import type { ProblemEvent } from '@/lib/domain/inventory/events'
import { type ProblemCode, problemWording } from '@/lib/domain/problems/codes'
import type { VidaFailure } from '@/lib/server/vida/failure'

export interface Subject {
  account?: { id: string; name: string }
  organization?: { id: string; name: string }
}

/** A `problem` line: what failed in words, whom it concerns, and what Vida said about it (as text). */
export function problemEvent(
  code: ProblemCode,
  subject: Subject = {},
  vidaMessage: string | null = null,
): ProblemEvent {
  const name = subject.account?.name ?? subject.organization?.name
  const { detail } = problemWording(code)
  const said = vidaMessage ? ` Vida said: “${vidaMessage}”` : ''
  return { type: 'problem', code, detail: `${name ? `${name}: ` : ''}${detail}${said}`, ...subject }
}

/** The code under which a failed read is reported; a 401 means that the session is over. */
export function codeOfFailure(failure: VidaFailure): ProblemCode {
  if (failure.code === 'unauthorized') return 'signed_out'
  if (failure.code === 'not_offered') return 'read_refused'
  return failure.code
}
