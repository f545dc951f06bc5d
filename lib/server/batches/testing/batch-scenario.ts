import { join } from 'node:path'
import type { Sandbox } from '@/e2e/vida-sandbox/sandbox'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import { type BatchStore, createBatchStore, type NewItem } from '@/lib/server/batch-store/batch-store'
import { createBatch } from '@/lib/server/batch-store/testing/batches'
import type { Context } from '@/lib/server/context/context'
import { testContext } from '@/lib/server/context/testing/context'
import { openForTest, temporaryDirectory } from '@/lib/server/db/testing/databases'
import { createLedger } from '@/lib/server/ledger/ledger'
import { scopeOf } from '@/lib/server/ledger/types'
import { describeNumber } from '@/lib/server/phone/e164'
import { postsTo } from '@/lib/server/returns/testing/posts'
import type { Session } from '@/lib/server/session/current'
import { sessionAt, signIn } from '@/lib/server/session/testing/sessions'
import { createSnapshots } from '@/lib/server/snapshots/snapshots'
import { createUses } from '@/lib/server/snapshots/uses'
import { createVidaClient } from '@/lib/server/vida/client'
import { Pace } from '@/lib/server/vida/pace'

export const NUMBERS = ['+12145550101', '+12145550102', '+12145550103'].map((number) => ({
  number,
  accountId: '100001',
}))

export interface BatchScenario {
  ctx: Context
  session: Session
  store: BatchStore
  write: (numbers: readonly string[]) => Promise<string>
  posts: () => Promise<string[]>
}

export async function openBatchScenario(sandbox: Sandbox): Promise<BatchScenario> {
  await sandbox.control.reset()
  const db = await openForTest({ databaseUrl: null, dataDir: join(temporaryDirectory(), 'data') })
  const client = createVidaClient({ baseUrl: sandbox.url, token: sandbox.tokens.reseller, pace: new Pace(4) })
  const session = sessionAt(sandbox.url)
  const numbers = NUMBERS.map(({ number }) => number)
  await signIn(db, session)
  const snapshots = createSnapshots(db)
  const scan = { complete: true, missing: [] }
  await snapshots.save(session.identity, new Date().toISOString(), [holding('100001', ...numbers)], scan)
  const store = createBatchStore(db)
  const ctx = testContext({
    db,
    ledger: createLedger(db, { describe: (number) => describeNumber(number).national }),
    snapshots,
    uses: createUses(db),
    sessions: { find: async () => session, endAll: async () => {} },
    batches: store,
    vida: () => client,
  })
  return {
    ctx,
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
      const { id: instance, leaseMs } = ctx.instance
      return createBatch(store, { scope: scopeOf(session), instance, leaseMs, items }, Date.now())
    },
    posts: async () => (await postsTo(sandbox)).map(({ number }) => String(number)),
  }
}
