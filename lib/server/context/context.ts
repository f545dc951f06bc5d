import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type BatchStore, createBatchStore } from '@/lib/server/batch-store/batch-store'
import { notedBatches } from '@/lib/server/batch-store/noted-batches'
import { settings } from '@/lib/server/config/current'
import type { Settings } from '@/lib/server/config/settings'
import { type Database, database } from '@/lib/server/db/database'
import { createFindings, type Findings } from '@/lib/server/findings/findings'
import { createLedger } from '@/lib/server/ledger/ledger'
import type { Ledger } from '@/lib/server/ledger/types'
import { createLimits, type Limits } from '@/lib/server/limit-store/limit-store'
import { createOwnerSettings, type OwnerSettings } from '@/lib/server/owner-settings/owner-settings'
import { describeNumber } from '@/lib/server/phone/e164'
import { now } from '@/lib/server/process/clock'
import { log } from '@/lib/server/process/log'
import { metrics } from '@/lib/server/process/metrics'
import { type Shared, shared } from '@/lib/server/process/shared'
import { type Shutdown, shutdown } from '@/lib/server/process/shutdown'
import { createSessionStore, type SessionStore } from '@/lib/server/session-store/session-store'
import { createSnapshots, type Snapshots } from '@/lib/server/snapshots/snapshots'
import { createUses, type Uses } from '@/lib/server/snapshots/uses'
import { createVidaFor, type VidaFor } from '@/lib/server/vida/connection'

interface Clock {
  now: () => number
  /** @param options `ref: false`: lets the process exit during the sleep. @throws AbortError when `signal` aborts. */
  sleep: (ms: number, options?: { ref?: boolean; signal?: AbortSignal }) => Promise<void>
}

/** What verbs need, built once for a process and passed to each of them; tests pass their own. */
export interface Context {
  readonly settings: Settings
  /** The owner in leases of intents and batches, and how long a lease lasts without renewal. */
  readonly instance: { readonly id: string; readonly leaseMs: number }
  readonly db: Database
  readonly ledger: Ledger
  readonly snapshots: Snapshots
  readonly uses: Uses
  readonly sessions: SessionStore
  readonly batches: BatchStore
  readonly findings: Findings
  readonly ownerSettings: OwnerSettings
  readonly limits: Limits
  readonly vida: VidaFor
  readonly clock: Clock
  readonly log: typeof log
  readonly shared: Shared
  readonly shutdown: Shutdown
}

const LEASE_MS = 6_000

const clock: Clock = { now, sleep: (ms, options) => delay(ms, undefined, options) }

const contexts = new WeakMap<Database, Context>()

/** Opens the database at the first call. @throws DatabaseUnavailable, SettingsError */
export async function context(): Promise<Context> {
  const db = await database()
  const present = contexts.get(db)
  if (present) return present
  const made: Context = {
    settings: settings(),
    instance: { id: shared('instance', () => randomUUID()), leaseMs: LEASE_MS },
    db,
    ledger: createLedger(db, {
      describe: (number) => describeNumber(number).national,
      readOnly: settings().readOnly,
      noted: (step) => {
        log('info', 'return', { ...step })
        metrics().returnSteps.inc({ outcome: step.outcome, how: step.how })
      },
    }),
    snapshots: createSnapshots(db),
    uses: createUses(db),
    sessions: createSessionStore(db),
    batches: notedBatches(createBatchStore(db), (step) => log('info', 'batch', { ...step })),
    findings: createFindings(db, clock),
    ownerSettings: createOwnerSettings(db, clock),
    limits: createLimits(db, { clock, shared }),
    vida: createVidaFor(settings(), shared),
    clock,
    log,
    shared,
    shutdown,
  }
  contexts.set(db, made)
  return made
}
