import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import type { DoneEvent, InventoryEvent } from '@/lib/domain/inventory/events'
import type { Root } from '@/lib/domain/session/account'
import type { Level, MainNumber } from '@/lib/server/vida/account'
import type { VidaClient } from '@/lib/server/vida/client'
import type { VidaFailure } from '@/lib/server/vida/failure'
import type { Tally } from './events'
import type { NumbersLine } from './numbers-line'

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
  /** Plain account lists were found to hold inactive ones: all but a sample are read once. Default: false. */
  inactiveListed?: boolean
  found?: (account: Account, level: Level) => void
  listOnly?: boolean
  /** Unix ms, for the events' `readAt`. */
  now?: () => number
  /** An account whose list came in pages without a total: what it lacks may have moved between them. */
  unproved?: (accountId: string) => void
  /** `line`: a `numbers` event as it is sent. */
  emit: (event: Exclude<InventoryEvent, DoneEvent>, line?: NumbersLine) => void
}

/** A number list that was answered by 404. `mainNumber` is undefined also where the account's object was not read. */
export interface WithoutList {
  account: Account
  isOrganization: boolean
  mainNumber: MainNumber
  failure: VidaFailure
}

/**
 * `listsOffered`: a number list was read. `fellBack`: all number lists were answered by 404. `inactiveListed`: whether
 * plain account lists hold inactive ones; null: the scan does not show it. `sampled`: some lists were read once.
 */
export type ScanResult = Tally & {
  complete: boolean
  listsOffered: boolean
  fellBack: boolean
  inactiveListed: boolean | null
  sampled: boolean
}
