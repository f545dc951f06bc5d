import 'server-only'
import type { Selectable } from 'kysely'
import type { BatchReason } from '@/lib/domain/batches/batch'
import type { Database } from '@/lib/server/db/database'
import type { Batches, BatchItems } from '@/lib/server/db/tables'
import { clock } from '@/lib/server/ledger/context'
import { newReceiptId } from '@/lib/server/ledger/receipt-id'
import type { Scope } from '@/lib/server/ledger/types'

export type BatchRow = Selectable<Batches>
export type BatchItemRow = Selectable<BatchItems>

/** One confirmed number with its account, and the names that stood beside it. */
export type NewItem = Pick<
  BatchItemRow,
  'number' | 'account_id' | 'account_name' | 'organization_id' | 'organization_name'
>

export interface NewBatch {
  scope: Scope
  requestedBy: string
  note: string | null
  instance: string
  leaseMs: number
  items: readonly NewItem[]
}

/** Rows to an insert: PostgreSQL takes 65,535 parameters at the most. */
const CHUNK = 500

/** What a person's *Stop* made of a batch; null: nothing, because it is over, or stopping already. */
type Stopped = 'stopping' | 'ended' | null

/** The batches in the database. `now` is Unix ms by the store's own clock. Every method throws DatabaseUnavailable when the database fails. */
export function createBatchStore(db: Database) {
  const { queries } = db
  return {
    /** Unix ms, by the clock that leases are measured with: one for all instances. */
    now: (): Promise<number> => clock(queries, { db, now: undefined }),

    /** Writes a batch with all its numbers, both or neither; its maker holds the lease. @returns its id. */
    async create({ scope, requestedBy, note, instance, leaseMs, items }: NewBatch, now: number): Promise<string> {
      const id = newReceiptId(now).replace(/^R/, 'B')
      await queries.transaction().execute(async (trx) => {
        await trx
          .insertInto('batches')
          .values({
            id,
            origin: scope.origin,
            owner_id: scope.ownerId,
            requested_by: requestedBy,
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

    /** Takes over a batch that is paused, or whose runner's lease has run out. The database decides who comes first. */
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

    /** Moves the lease. @returns the batch's state as others left it, or null if it is not this instance's any more. */
    async renew(id: string, instance: string, leaseMs: number, now: number): Promise<BatchRow['state'] | null> {
      const row = await queries
        .updateTable('batches')
        .set({ lease_until: now + leaseMs })
        .where('id', '=', id)
        .where('instance', '=', instance)
        .where('state', 'in', ['running', 'stopping'])
        .returning('state')
        .executeTakeFirst()
      return row?.state ?? null
    },

    /** Lets go of a batch so that its lease counts as run out: it then shows as paused by the server's stop. */
    async release(id: string, instance: string): Promise<void> {
      await queries
        .updateTable('batches')
        .set({ lease_until: 0 })
        .where('id', '=', id)
        .where('instance', '=', instance)
        .execute()
    },

    async pause(id: string, instance: string, reason: BatchReason): Promise<void> {
      await queries
        .updateTable('batches')
        .set({ state: 'paused', reason })
        .where('id', '=', id)
        .where('instance', '=', instance)
        .where('state', '=', 'running')
        .execute()
    },

    async end(id: string, instance: string, reason: BatchReason, now: number): Promise<void> {
      await queries
        .updateTable('batches')
        .set({ state: 'ended', reason, ended_at: new Date(now).toISOString() })
        .where('id', '=', id)
        .where('instance', '=', instance)
        .where('state', '!=', 'ended')
        .execute()
    },

    /** A person says stop: a running batch finishes what is under way; one that nobody runs is over at once. */
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

    async anyWaiting(id: string): Promise<boolean> {
      const waiting = await queries
        .selectFrom('batch_items')
        .select('position')
        .where('batch_id', '=', id)
        .where('state', '=', 'waiting')
        .limit(1)
        .executeTakeFirst()
      return waiting !== undefined
    },

    /** Takes the next waiting number, for this caller alone; null when none waits. */
    async take(id: string): Promise<BatchItemRow | null> {
      for (;;) {
        const next = await queries
          .selectFrom('batch_items')
          .select('position')
          .where('batch_id', '=', id)
          .where('state', '=', 'waiting')
          .orderBy('position')
          .limit(1)
          .executeTakeFirst()
        if (!next) return null
        const taken = await queries
          .updateTable('batch_items')
          .set({ state: 'taken' })
          .where('batch_id', '=', id)
          .where('position', '=', next.position)
          .where('state', '=', 'waiting')
          .returningAll()
          .executeTakeFirst()
        if (taken) return taken
      }
    },

    /** `problem`: the code of a return that ended before anything was sent; null where the ledger tells. */
    async finish({ batch_id, position }: BatchItemRow, problem: string | null): Promise<void> {
      await queries
        .updateTable('batch_items')
        .set({ state: 'done', problem })
        .where('batch_id', '=', batch_id)
        .where('position', '=', position)
        .execute()
    },

    /** Nothing was done about it after all: it waits again. */
    async putBack({ batch_id, position }: BatchItemRow): Promise<void> {
      await queries
        .updateTable('batch_items')
        .set({ state: 'waiting' })
        .where('batch_id', '=', batch_id)
        .where('position', '=', position)
        .where('state', '=', 'taken')
        .execute()
    },
  }
}

export type BatchStore = ReturnType<typeof createBatchStore>
