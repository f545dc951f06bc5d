import 'server-only'
import type { Selectable } from 'kysely'
import type { BatchReason } from '@/lib/domain/batches/batch'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import type { Database } from '@/lib/server/db/database'
import type { Batches, BatchItems } from '@/lib/server/db/tables'
import { clock } from '@/lib/server/ledger/context'
import { newReceiptId } from '@/lib/server/ledger/receipt-id'
import type { Scope } from '@/lib/server/ledger/types'

export type BatchRow = Selectable<Batches>
export type BatchItemRow = Selectable<BatchItems>

export type NewItem = Pick<
  BatchItemRow,
  'number' | 'account_id' | 'account_name' | 'organization_id' | 'organization_name'
>

interface NewBatch {
  scope: Scope
  requestedBy: ReturnRecord['requestedBy']
  note: string | null
  instance: string
  leaseMs: number
  items: readonly NewItem[]
}

/** Rows of an insert: PostgreSQL takes at most 65,535 parameters. */
const CHUNK = 500

type Stopped = 'stopping' | 'ended' | null

function confirmedBatches({ queries }: Database) {
  return {
    /** Writes a batch with all its numbers, both or neither; `instance` gets the lease. @returns its id. */
    async create({ scope, requestedBy, note, instance, leaseMs, items }: NewBatch, now: number): Promise<string> {
      const id = newReceiptId(now).replace(/^R/, 'B')
      await queries.transaction().execute(async (trx) => {
        await trx
          .insertInto('batches')
          .values({
            id,
            origin: scope.origin,
            owner_id: scope.ownerId,
            requested_by: JSON.stringify(requestedBy),
            note,
            state: 'running',
            reason: null,
            created_at: new Date(now).toISOString(),
            ended_at: null,
            instance,
            lease_until: now + leaseMs,
          })
          .execute()
        for (let from = 0; from < items.length; from += CHUNK) {
          const rows = items.slice(from, from + CHUNK).map((item, index) => ({
            ...item,
            batch_id: id,
            position: from + index,
            state: 'waiting' as const,
            problem: null,
          }))
          await trx.insertInto('batch_items').values(rows).execute()
        }
      })
      return id
    },

    async find({ origin, ownerId }: Scope, id: string): Promise<BatchRow | null> {
      const found = await queries
        .selectFrom('batches')
        .selectAll()
        .where('id', '=', id)
        .where('origin', '=', origin)
        .where('owner_id', '=', ownerId)
        .executeTakeFirst()
      return found ?? null
    },

    async items(id: string): Promise<BatchItemRow[]> {
      return queries.selectFrom('batch_items').selectAll().where('batch_id', '=', id).orderBy('position').execute()
    },
  }
}

function batchLeases({ queries }: Database) {
  const ownBatch = (id: string, instance: string) =>
    queries.updateTable('batches').where('id', '=', id).where('instance', '=', instance)
  return {
    /** Takes over a batch that is paused or whose lease has expired. One of several concurrent callers succeeds. */
    async claim(id: string, instance: string, leaseMs: number, now: number): Promise<boolean> {
      const claimed = await queries
        .updateTable('batches')
        .set({ state: 'running', reason: null, instance, lease_until: now + leaseMs })
        .where('id', '=', id)
        .where((where) =>
          where.or([
            where('state', '=', 'paused'),
            where.and([where('state', '=', 'running'), where('lease_until', '<', now)]),
          ]),
        )
        .returning('id')
        .executeTakeFirst()
      return claimed !== undefined
    },

    async renew(id: string, instance: string, leaseMs: number, now: number): Promise<BatchRow['state'] | null> {
      const row = await ownBatch(id, instance)
        .set({ lease_until: now + leaseMs })
        .where('state', 'in', ['running', 'stopping'])
        .returning('state')
        .executeTakeFirst()
      return row?.state ?? null
    },

    /** Expires the lease: the batch is then paused by the server's stop (`stateOf`). */
    async release(id: string, instance: string): Promise<void> {
      await ownBatch(id, instance).set({ lease_until: 0 }).execute()
    },

    async pause(id: string, instance: string, reason: BatchReason): Promise<void> {
      await ownBatch(id, instance).set({ state: 'paused', reason }).where('state', '=', 'running').execute()
    },

    async end(id: string, instance: string, reason: BatchReason, now: number): Promise<void> {
      const ended = { state: 'ended', reason, ended_at: new Date(now).toISOString() } as const
      await ownBatch(id, instance).set(ended).where('state', '!=', 'ended').execute()
    },

    /** A running batch finishes the returns in progress; one without a live lease ends at once. */
    async stop(id: string, now: number): Promise<Stopped> {
      const running = await queries
        .updateTable('batches')
        .set({ state: 'stopping' })
        .where('id', '=', id)
        .where('state', '=', 'running')
        .where('lease_until', '>=', now)
        .returning('id')
        .executeTakeFirst()
      if (running) return 'stopping'
      const ended = await queries
        .updateTable('batches')
        .set({ state: 'ended', reason: 'stopped', ended_at: new Date(now).toISOString() })
        .where('id', '=', id)
        .where('state', 'in', ['paused', 'running', 'stopping'])
        .where((where) => where.or([where('state', '=', 'paused'), where('lease_until', '<', now)]))
        .returning('id')
        .executeTakeFirst()
      return ended ? 'ended' : null
    },
  }
}

function batchItems({ queries }: Database) {
  const ownItem = ({ batch_id, position }: Pick<BatchItemRow, 'batch_id' | 'position'>) =>
    queries.updateTable('batch_items').where('batch_id', '=', batch_id).where('position', '=', position)
  const waiting = (id: string) =>
    queries
      .selectFrom('batch_items')
      .select(['batch_id', 'position'])
      .where('batch_id', '=', id)
      .where('state', '=', 'waiting')
      .orderBy('position')
      .limit(1)
  return {
    async anyWaiting(id: string): Promise<boolean> {
      return (await waiting(id).executeTakeFirst()) !== undefined
    },

    async take(id: string): Promise<BatchItemRow | null> {
      for (;;) {
        const next = await waiting(id).executeTakeFirst()
        if (!next) return null
        const taken = await ownItem(next)
          .set({ state: 'taken' })
          .where('state', '=', 'waiting')
          .returningAll()
          .executeTakeFirst()
        if (taken) return taken
      }
    },

    /** `problem`: the code of a return that ended before anything was sent; null where the ledger has the outcome. */
    async finish(item: BatchItemRow, problem: string | null): Promise<void> {
      await ownItem(item).set({ state: 'done', problem }).execute()
    },

    async requeue(item: BatchItemRow): Promise<void> {
      await ownItem(item).set({ state: 'waiting' }).where('state', '=', 'taken').execute()
    },
  }
}

/** `now` is Unix ms by the database's own clock. Every method may throw DatabaseUnavailable. */
export function createBatchStore(db: Database) {
  const now = (): Promise<number> => clock(db.queries, { db })
  return { now, ...confirmedBatches(db), ...batchLeases(db), ...batchItems(db) }
}

export type BatchStore = ReturnType<typeof createBatchStore>
