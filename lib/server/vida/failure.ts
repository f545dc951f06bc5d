import 'server-only'
import type { ProblemCode } from '@/lib/domain/problems/codes'

/** `not_offered` is a 404 to a number list. */
export type ReadingCode =
  | Extract<
      ProblemCode,
      | 'read_refused'
      | 'read_failed'
      | 'read_timed_out'
      | 'read_busy'
      | 'read_unreachable'
      | 'unknown_shape'
      | 'answer_too_large'
      | 'pages_repeat'
      | 'pages_endless'
      | 'list_short'
      | 'list_changed'
      | 'entry_unreadable'
    >
  | 'unauthorized'
  | 'not_offered'

/** `vidaMessage` is Vida's own sentence with the token masked. There is no `cause`, because it would hold the URL. */
export class VidaFailure extends Error {
  override readonly name = 'VidaFailure'
  readonly code: ReadingCode
  readonly status: number | null
  readonly vidaMessage: string | null
  constructor(code: ReadingCode, status: number | null = null, vidaMessage: string | null = null) {
    super(`Reading from Vida: ${code}`)
    this.code = code
    this.status = status
    this.vidaMessage = vidaMessage
  }
}
