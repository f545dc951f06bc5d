import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import type { DoneEvent, InventoryEvent } from '@/lib/domain/inventory/events'
import type { Root } from '@/lib/domain/session/account'
import type { Level } from '@/lib/server/vida/account'
import type { VidaClient } from '@/lib/server/vida/client'
import type { Tally } from './events'

export type ScanScope =
  | { kind: 'root'; root: Root | null }
  | { kind: 'reseller'; reseller: Account }
  | { kind: 'organization'; organization: Account }
  | { kind: 'account'; account: Account }

export interface ScanOptions {
  client: VidaClient
  scope: ScanScope
  signal: AbortSignal
  /** Whether this Vida is known to list an account's numbers, so that a 404 is a failure. */
  listsOffered: boolean
  found?: (account: Account, level: Level) => void
  listOnly?: boolean
  /** Unix ms, for the events' `readAt`. */
  now?: () => number
  /** An account whose list came in pages without a total: what it lacks may have moved between them. */
  unproved?: (accountId: string) => void
  emit: (event: Exclude<InventoryEvent, DoneEvent>) => void
}

/** `listsOffered`: a number list was read. `fellBack`: all number lists were answered by 404. */
export type ScanResult = Tally & { complete: boolean; listsOffered: boolean; fellBack: boolean }
