import { join } from 'node:path'
import type { Sandbox } from '@/e2e/vida-sandbox/sandbox'
import { type BatchStore, createBatchStore, type NewItem } from '@/lib/server/batches/store'
import type { Database } from '@/lib/server/db/database'
import { openForTest, temporaryDirectory } from '@/lib/server/db/testing/databases'
import { INSTANCE, LEASE_MS, scopeOf } from '@/lib/server/returns/current-ledger'
import { holding, sessionAt } from '@/lib/server/returns/testing/sessions'
import type { Session } from '@/lib/server/session/current'
import { createSnapshots } from '@/lib/server/snapshots/snapshots'
import { createVidaClient, type VidaClient } from '@/lib/server/vida/client'
import { Pace } from '@/lib/server/vida/pace'

/** Numbers of the sandbox's world that a batch of a test may be about; all in one account. */
export const PLACES = ['+12145550101', '+12145550102', '+12145550103'].map((number) => ({
  number,
  accountId: '100001',
}))

let db: Database | null = null
let vida: VidaClient | null = null

export function theDatabase(): Database {
  if (!db) throw new Error('no desk was opened')
  return db
}

export function theVida(): VidaClient {
  if (!vida) throw new Error('no desk was opened')
  return vida
}

export interface Desk {
  session: Session
  store: BatchStore
  /** Writes a batch of these numbers whose lease this process holds, without running it. @returns its id. */
  write: (numbers: readonly string[]) => Promise<string>
  /** The numbers that Vida was asked to return, in the order of the requests. */
  posts: () => Promise<string[]>
}

/** A reseller with batches in a database of its own, at a Vida as it was made. */
export async function openDesk(sandbox: Sandbox): Promise<Desk> {
  await sandbox.control.reset()
  db = await openForTest({ databaseUrl: null, dataDir: join(temporaryDirectory(), 'data') })
  vida = createVidaClient({ baseUrl: sandbox.url, token: sandbox.tokens.reseller, pace: new Pace(4) })
  const session = sessionAt(sandbox.url)
  const numbers = PLACES.map(({ number }) => number)
  await createSnapshots(db).save(session.identity, new Date().toISOString(), [holding('100001', numbers)], {
    complete: true,
    missing: [],
  })
  const store = createBatchStore(db)
  const { id, name, role } = session.account
  return {
    session,
    store,
    write: (these) => {
      const items: NewItem[] = these.map((number) => ({
        number,
        account_id: '100001',
        account_name: 'Agent 100001',
        organization_id: '8001',
        organization_name: 'Alder Family Dentistry',
      }))
      const requestedBy = JSON.stringify({ id, name, role })
      const batch = { scope: scopeOf(session), requestedBy, note: null, instance: INSTANCE, leaseMs: LEASE_MS, items }
      return store.create(batch, Date.now())
    },
    posts: async () => {
      const { entries } = await sandbox.control.log()
      return entries.filter(({ path }) => path.endsWith('/phoneNumber/return')).map(({ number }) => String(number))
    },
  }
}
