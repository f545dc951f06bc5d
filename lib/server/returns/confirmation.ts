import 'server-only'
import { createHash } from 'node:crypto'
import * as z from 'zod'
import { NOTE_LIMIT } from '@/lib/domain/returns/record'
import { line } from '@/lib/server/http/line'
import type { ClientRequest } from '@/lib/server/ledger/types'

/** Seconds; longer than the longest hold, a person has forgotten what was confirmed. */
const MOST_HOLD = 60

export const confirmationSchema = {
  note: line(NOTE_LIMIT).nullable().default(null),
  holdSeconds: z.number().min(0).max(MOST_HOLD).default(0),
  requestId: z.uuid().nullable().default(null),
}

/** @param asked what the confirmation asks for: with the same id it must be the same. */
export function requestOf(id: string | null | undefined, asked: readonly unknown[]): ClientRequest | null {
  if (!id) return null
  return { id: id.toLowerCase(), digest: createHash('sha256').update(JSON.stringify(asked)).digest('base64url') }
}
