import type { AccountUse } from './use'

/** Of one `POST /api/use`. */
export const MOST_ACCOUNTS = 20_000

/** One line of `POST /api/use` (application/x-ndjson), the last one `done`. `accountId` null: of the reading as a whole. */
export type UseEvent =
  | ({ type: 'use' } & AccountUse)
  | { type: 'problem'; accountId: string | null; code: string; detail: string }
  | { type: 'progress'; accountsAsked: number; accounts: number }
  | { type: 'done'; complete: boolean }
