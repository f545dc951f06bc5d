import 'server-only'
import { createHash } from 'node:crypto'
import * as z from 'zod'
import { REASON_LIMIT } from '@/lib/domain/returns/reasons'
import { NOTE_LIMIT } from '@/lib/domain/returns/record'
import type { Context } from '@/lib/server/context/context'
import { line } from '@/lib/server/http/line'
import { Problem } from '@/lib/server/http/problem'
import type { ClientRequest } from '@/lib/server/ledger/types'

/** Seconds; longer than the longest hold, a person has forgotten what was confirmed. */
const MOST_HOLD = 60

/** A text of a confirmation; what is empty after cleaning was not given. */
const said = (limit: number) =>
  line(limit)
    .nullable()
    .default(null)
    .transform((text) => text || null)

export const confirmationSchema = {
  reason: said(REASON_LIMIT),
  note: said(NOTE_LIMIT),
  holdSeconds: z.number().min(0).max(MOST_HOLD).default(0),
  requestId: z.uuid().nullable().default(null),
}

/** @throws Problem `reason_required` */
export function requireReason({ settings }: Pick<Context, 'settings'>, reason: string | null | undefined): void {
  if (settings.requireReason && !reason) throw new Problem('reason_required')
}

/** @param asked what the confirmation asks for: with the same id it must be the same. */
export function requestOf(id: string | null | undefined, asked: readonly unknown[]): ClientRequest | null {
  if (!id) return null
  return { id: id.toLowerCase(), digest: createHash('sha256').update(JSON.stringify(asked)).digest('base64url') }
}
