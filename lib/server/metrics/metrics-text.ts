import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client'
import { type Database, database } from '@/lib/server/db/database'
import { clock } from '@/lib/server/ledger/context'
import { metrics } from '@/lib/server/process/metrics'
import { shared } from '@/lib/server/process/shared'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** In the same time, whatever is wrong about it. */
export function mayReadMetrics(authorization: string | null, token: string | null): boolean {
  if (token === null) return false
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`))
}

/** In Prometheus's text format. What stands in the database is the same for all instances that share it. */
export async function metricsText(): Promise<{ type: string; text: string }> {
  const { registry } = metrics()
  const { locks, batches, connections, up } = shared('gauges', () => gauges(registry))
  for (const gauge of [locks, batches, connections]) gauge.reset()
  try {
    const db = await database()
    for (const { state, count } of await lockCounts(db)) locks.set({ state }, count)
    for (const { state, count } of await batchCounts(db)) batches.set({ state }, count)
    for (const [state, count] of Object.entries(db.connections() ?? {})) connections.set({ state }, count)
    up.set(1)
  } catch {
    up.set(0)
  }
  return { type: registry.contentType, text: await registry.metrics() }
}

function gauges(registry: Registry) {
  const registers = [registry]
  const byState = { labelNames: ['state'], registers } as const
  // Memory, CPU and the delay of the event loop, from the first reading on: it needs a timer.
  collectDefaultMetrics({ register: registry })
  return {
    up: new Gauge({ name: 'numberdesk_database_up', help: '1: the database answered this reading.', registers }),
    locks: new Gauge({ name: 'numberdesk_locks', help: 'Locked numbers: open, held or unknown.', ...byState }),
    batches: new Gauge({ name: 'numberdesk_batches', help: 'Batches that have not ended.', ...byState }),
    connections: new Gauge({ name: 'numberdesk_pool', help: 'PostgreSQL: total, idle, waiting.', ...byState }),
  }
}

async function lockCounts(db: Database) {
  const now = new Date(await clock(db.queries, { db })).toISOString()
  const state = sql<string>`case when state = 'unsettled' then 'unknown' when sends_at > ${now} then 'held' else 'open' end`
  return db.queries
    .selectFrom('return_locks')
    .innerJoin('return_intents', 'return_intents.receipt_id', 'return_locks.receipt_id')
    .select((eb) => [state.as('state'), eb.fn.countAll<number>().as('count')])
    .groupBy(sql`1`)
    .execute()
}

async function batchCounts({ queries }: Database) {
  return queries
    .selectFrom('batches')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where('state', '!=', 'ended')
    .groupBy('state')
    .execute()
}
