import 'server-only'
import type { Batch, BatchItem, BatchSummary } from '@/lib/domain/batches/batch'
import { countsOf } from '@/lib/domain/batches/customers'
import { PROBLEMS, type ProblemCode, problemWording } from '@/lib/domain/problems/codes'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import type { BatchItemRow, BatchRow, NewItem } from '@/lib/server/batch-store/batch-store'
import { outcomeOf, problemOf, stateOf } from '@/lib/server/batch-store/item-outcome'
import { headOf, listBatchRows, summariesOf } from '@/lib/server/batch-store/summaries'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { scopeOf } from '@/lib/server/ledger/types'
import { describeNumber, isE164 } from '@/lib/server/phone/e164'
import { findAccount, isVidaId } from '@/lib/server/scan/hierarchy'
import type { Session } from '@/lib/server/session/current'
import { runBatch } from './run-batch'

/** What was confirmed together: exact numbers (E.164), each with its account. */
export interface BatchOrder {
  returns: readonly { number: string; accountId: string }[]
  note: string | null
}

/** Batches that one answer lists. */
export const LISTED = 50

/**
 * Freezes what was confirmed as a batch and begins to run it here.
 * @throws Problem `not_allowed`, `batch_size`, `invalid_number`, `invalid_account`, `foreign_account`, `number_twice`.
 */
export async function startBatch(ctx: Context, session: Session, { returns, note }: BatchOrder): Promise<Batch> {
  if (!session.account.canReturn) throw new Problem('not_allowed')
  if (ctx.shutdown.isStopping()) throw new Problem('stopping')
  const { maxBatch } = ctx.settings
  if (returns.length === 0 || returns.length > maxBatch) {
    throw new Problem('batch_size', {
      detail: `A batch holds 1 to ${maxBatch} numbers; this one has ${returns.length}. Nothing was sent.`,
    })
  }
  if (!returns.every(({ number }) => isE164(number))) throw new Problem('invalid_number')
  if (!returns.every(({ accountId }) => isVidaId(accountId))) throw new Problem('invalid_account')
  if (new Set(returns.map(({ number }) => number)).size < returns.length) throw new Problem('number_twice')
  const items: NewItem[] = []
  for (const { number, accountId } of returns) {
    const { id, name, organizationId, organizationName } = await findAccount(ctx, session, accountId)
    items.push({
      number,
      account_id: id,
      account_name: name,
      organization_id: organizationId,
      organization_name: organizationName,
    })
  }
  const { id, name, role } = session.account
  const requestedBy = { id, name, role }
  const now = await ctx.batches.now()
  const batch = await ctx.batches.create(
    {
      scope: scopeOf(session),
      requestedBy: JSON.stringify(requestedBy),
      note,
      instance: ctx.instance.id,
      leaseMs: ctx.instance.leaseMs,
      items,
    },
    now,
  )
  runBatch(ctx, session, { id: batch, note })
  // Not read back: it runs, and a reading that failed would say that nothing was done.
  const head = { id: batch, note, createdAt: new Date(now).toISOString(), endedAt: null, requestedBy }
  const waiting = items.map((item) => itemOf({ ...item, state: 'waiting', problem: null }, null, false))
  return { ...head, state: 'running', reason: null, ...counted(waiting) }
}

/** *Continue*: this session's token runs the rest of a paused batch. A batch that somebody runs already stays with them. */
export async function continueBatch(ctx: Context, session: Session, id: string): Promise<Batch> {
  if (!session.account.canReturn) throw new Problem('not_allowed')
  if (ctx.shutdown.isStopping()) throw new Problem('stopping')
  const before = await load(ctx, session, id)
  if (!(await ctx.batches.claim(id, ctx.instance.id, ctx.instance.leaseMs, await ctx.batches.now())))
    return readBatch(ctx, session, id)
  runBatch(ctx, session, { id, note: before.row.note })
  // Made of what was read before: see `startBatch`.
  return batchOf(before, { state: 'running', reason: null })
}

/** *Stop*: those under way finish, and nothing more is sent. */
export async function stopBatch(ctx: Context, session: Session, id: string): Promise<Batch> {
  const before = await load(ctx, session, id)
  const now = await ctx.batches.now()
  const state = await ctx.batches.stop(id, now)
  if (state === null) return readBatch(ctx, session, id)
  if (state === 'stopping') return batchOf(before, { state, reason: null })
  const batch = batchOf(before, { state, reason: 'stopped' })
  return { ...batch, endedAt: new Date(now).toISOString() }
}

/** A batch with all its numbers as the ledger knows them now. @throws Problem `no_batch`. */
export async function readBatch(ctx: Context, session: Session, id: string): Promise<Batch> {
  const loaded = await load(ctx, session, id)
  return batchOf(loaded, stateOf(loaded.row, await ctx.batches.now()))
}

/** The newest batches of the session's account, or those of `ids` that are its own. */
export async function listBatches(ctx: Context, session: Session, ids?: readonly string[]): Promise<BatchSummary[]> {
  const rows = await listBatchRows(ctx.db, scopeOf(session), { ids, limit: LISTED })
  return summariesOf(ctx.db, rows)
}

/** A batch as the database has it: its row, its numbers, and the latest receipt of each number. */
interface Loaded {
  row: BatchRow
  items: readonly BatchItemRow[]
  records: ReadonlyMap<string, ReturnRecord>
}

/** @throws Problem `no_batch`. */
async function load(ctx: Context, session: Session, id: string): Promise<Loaded> {
  const row = await ctx.batches.find(scopeOf(session), id)
  if (!row) throw new Problem('no_batch')
  const records = new Map<string, ReturnRecord>()
  for await (const page of ctx.ledger.each(scopeOf(session), { batchId: id })) {
    // Newest first: the latest receipt of a number is the one that counts.
    for (const record of page) if (!records.has(record.number)) records.set(record.number, record)
  }
  return { row, items: await ctx.batches.items(id), records }
}

function batchOf({ row, items, records }: Loaded, state: Pick<Batch, 'state' | 'reason'>): Batch {
  const over = state.state === 'ended'
  return {
    ...headOf(row),
    ...state,
    ...counted(items.map((item) => itemOf(item, records.get(item.number) ?? null, over))),
  }
}

function counted(items: BatchItem[]): Pick<Batch, 'total' | 'counts' | 'items'> {
  return { total: items.length, counts: countsOf(items), items }
}

function itemOf(
  item: Omit<BatchItemRow, 'batch_id' | 'position'>,
  record: ReturnRecord | null,
  over: boolean,
): BatchItem {
  return {
    number: item.number,
    national: describeNumber(item.number).national,
    accountId: item.account_id,
    accountName: item.account_name,
    organizationId: item.organization_id,
    organizationName: item.organization_name,
    outcome: outcomeOf(item.state, record?.outcome ?? null, over),
    message: record?.message ?? wordsOf(problemOf(item, record?.outcome ?? null, over)),
    receiptId: record?.receiptId ?? null,
    verified: record?.verified ?? null,
  }
}

function wordsOf(code: string | null): string | null {
  return code !== null && isProblemCode(code) ? problemWording(code).detail : null
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code)
}
