import 'server-only'
import type { Selectable } from 'kysely'
import type { BatchReason } from '@/lib/domain/batches/batch'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import type { Database } from '@/lib/server/db/database'
import type { Batches, BatchItems } from '@/lib/server/db/tables'
import { clock } from '@/lib/server/ledger/context'
import { newReceiptId } from '@/lib/server/ledger/receipt-id'
import type { ClientRequest, Scope } from '@/lib/server/ledger/types'
import { turn } from '@/lib/server/process/slices'

export type BatchRow = Selectable<Batches>
export type BatchItemRow = Selectable<BatchItems>

export type NewItem = Pick<
  BatchItemRow,
  'number' | 'account_id' | 'account_name' | 'organization_id' | 'organization_name'
>

export interface NewBatch {
  scope: Scope
  requestedBy: ReturnRecord['requestedBy']
  operator: string | null
  returnReason: string | null
  sessionId: string
  request: ClientRequest | null
  note: string | null
  holdMs: number
  instance: string
  leaseMs: number
  items: readonly NewItem[]
}

const CHUNK = 200

type Stopped = 'stopping' | 'ended' | 'undone' | null

interface Created {
  id: string
  sendsAt: string | null
}

function confirmedBatches({ queries }: Database) {
  return {
    /** Writes a batch with all its numbers, both or neither; `instance` gets the lease. @returns null: its request id was used. */
    async create(batch: NewBatch, now: number): Promise<Created | null> {
      const { scope, requestedBy, operator, returnReason, note } = batch
      const { sessionId, request, holdMs, instance, leaseMs, items } = batch
      const sendsAt = holdMs > 0 ? new Date(now + holdMs).toISOString() : null
      const id = newReceiptId(now).replace(/^R/, 'B')
      const created = await queries.transaction().execute(async (trx) => {
        const inserted = await trx
          .insertInto('batches')
          .values({
            id,
            origin: scope.origin,
            owner_id: scope.ownerId,
            requested_by: JSON.stringify(requestedBy),
            operator,
            return_reason: returnReason,
            note,
            state: sendsAt === null ? 'running' : 'held',
            reason: null,
            created_at: new Date(now).toISOString(),
            sends_at: sendsAt,
            ended_at: null,
            session_id: sessionId,
            request_id: request?.id ?? null,
            request_digest: request?.digest ?? null,
            instance,
            lease_until: now + leaseMs,
          })
          .onConflict((conflict) => conflict.columns(['origin', 'owner_id', 'request_id']).doNothing())
          .returning('id')
          .executeTakeFirst()
        if (!inserted) return false
        for (let from = 0; from < items.length; from += CHUNK) {
          const rows = items.slice(from, from + CHUNK).map((item, index) => ({
            ...item,
            batch_id: id,
            position: from + index,
            state: 'waiting' as const,
            problem: null,
          }))
          await trx.insertInto('batch_items').values(rows).execute()
          await turn()
        }
        return true
      })
      return created ? { id, sendsAt } : null
    },

    async byRequest({ origin, ownerId }: Scope, requestId: string) {
      return queries
        .selectFrom('batches')
        .select(['id', 'request_digest'])
        .where('origin', '=', origin)
        .where('owner_id', '=', ownerId)
        .where('request_id', '=', requestId)
        .executeTakeFirst()
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
            where.and([where('state', 'in', ['held', 'running']), where('lease_until', '<', now)]),
          ]),
        )
        .returning('id')
        .executeTakeFirst()
      return claimed !== undefined
    },

    /** @returns null: it is not this instance's any more, or its lease has expired */
    async renew(id: string, instance: string, leaseMs: number, now: number): Promise<BatchRow['state'] | null> {
      const row = await ownBatch(id, instance)
        .set({ lease_until: now + leaseMs })
        .where('lease_until', '>=', now)
        .where('state', 'in', ['held', 'running', 'stopping'])
        .returning('state')
        .executeTakeFirst()
      return row?.state ?? null
    },

    /** The hold is over. @returns whether it still was held by this instance */
    async begin(id: string, instance: string, now: number): Promise<boolean> {
      const begun = await ownBatch(id, instance)
        .set({ state: 'running' })
        .where('state', '=', 'held')
        .where('lease_until', '>=', now)
        .returning('id')
        .executeTakeFirst()
      return begun !== undefined
    },

    /** Expires the lease: the batch is then paused by the server's stop (`stateOf`). */
    async release(id: string, instance: string): Promise<void> {
      await ownBatch(id, instance).set({ lease_until: 0 }).execute()
    },

    async pause(id: string, instance: string, reason: BatchReason): Promise<void> {
      await ownBatch(id, instance).set({ state: 'paused', reason }).where('state', 'in', ['held', 'running']).execute()
    },

    async end(id: string, instance: string, reason: BatchReason, now: number): Promise<void> {
      const ended = { state: 'ended', reason, ended_at: new Date(now).toISOString() } as const
      await ownBatch(id, instance).set(ended).where('state', '!=', 'ended').execute()
    },
  }
}

function batchStops({ queries }: Database) {
  return {
    /** A held batch is undone; a running one finishes what was sent; one without a live lease ends at once. */
    async stop(id: string, now: number): Promise<Stopped> {
      const undone = await queries
        .updateTable('batches')
        .set({ state: 'ended', reason: 'undone', ended_at: new Date(now).toISOString() })
        .where('id', '=', id)
        .where('state', '=', 'held')
        .returning('id')
        .executeTakeFirst()
      if (undone) return 'undone'
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
  return { now, ...confirmedBatches(db), ...batchLeases(db), ...batchStops(db), ...batchItems(db) }
}

export type BatchStore = ReturnType<typeof createBatchStore>
