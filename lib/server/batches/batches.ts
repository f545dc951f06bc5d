import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import type { Batch, BatchItem, BatchSummary } from '@/lib/domain/batches/batch'
import { countsOf } from '@/lib/domain/batches/customers'
import { PROBLEMS, type ProblemCode, problemWording } from '@/lib/domain/problems/codes'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import type { BatchItemRow, BatchRow, NewItem } from '@/lib/server/batch-store/batch-store'
import { outcomeOf, problemOf, stateOf } from '@/lib/server/batch-store/item-outcome'
import { headOf, listBatchRows, summariesOf } from '@/lib/server/batch-store/summaries'
import { count, releasedOnFailure, take } from '@/lib/server/budgets/budgets'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { type ClientRequest, scopeOf } from '@/lib/server/ledger/types'
import { describeNumber, isE164 } from '@/lib/server/phone/e164'
import { inSlices, mapInSlices } from '@/lib/server/process/slices'
import { requireAllUnprotected } from '@/lib/server/protections/protections'
import { requestOf, requireReason } from '@/lib/server/returns/confirmation'
import { findAccount, isVidaId } from '@/lib/server/scan/hierarchy'
import type { Session } from '@/lib/server/session/current'
import { requireMayReturn } from '@/lib/server/session/may-return'
import { runBatch } from './run-batch'

export interface BatchOrder {
  returns: readonly { number: string; accountId: string }[]
  reason?: string | null
  note: string | null
  /** How long it can be undone whole before anything is begun; 0: not at all. */
  holdMs?: number
  requestId?: string | null
}

export const LISTED = 50

/** @throws Problem with the codes of `POST /api/batches` (docs/http-api.md). */
export async function startBatch(ctx: Context, session: Session, order: BatchOrder): Promise<Batch> {
  const { returns, reason = null, note, holdMs = 0 } = order
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
  const request = requestOf(order.requestId, [returns, reason, note, holdMs])
  const before = request && (await sameRequest(ctx, session, request))
  if (before) return before
  requireMayReturn(ctx, session.account)
  requireReason(ctx, reason)
  const release = take(ctx, 'batches', session.identity)
  const created = await releasedOnFailure(release, create(ctx, session, order, request))
  if (created === null) {
    release()
    return startBatch(ctx, session, order)
  }
  const { head, items } = created
  runBatch(ctx, session, { id: head.id, reason, note, holdMs, over: release })
  // Not read back: the batch runs, and a failed reading would look as if nothing had been done.
  const waiting = await mapInSlices(items, (item) => itemOf({ ...item, state: 'waiting', problem: null }, null, false))
  return { ...head, state: holdMs > 0 ? 'held' : 'running', reason: null, ...counted(waiting) }
}

/** Null: its request id was used in the same moment. */
async function create(
  ctx: Context,
  session: Session,
  { returns, reason = null, note, holdMs = 0 }: BatchOrder,
  request: ClientRequest | null,
) {
  count(ctx, 'batchesBegun', session.identity)
  const items: NewItem[] = []
  const accounts = new Map<string, Account>()
  for await (const { number, accountId } of inSlices(returns)) {
    const account = accounts.get(accountId) ?? (await findAccount(ctx, session, accountId))
    accounts.set(accountId, account)
    items.push({
      number,
      account_id: account.id,
      account_name: account.name,
      organization_id: account.organizationId,
      organization_name: account.organizationName,
    })
  }
  await requireAllUnprotected(ctx, session, items)
  const { id, name, role } = session.account
  const requestedBy = { id, name, role }
  const now = await ctx.batches.now()
  const { id: instance, leaseMs } = ctx.instance
  const { operator } = session
  const said = { requestedBy, operator, returnReason: reason, note }
  const confirmed = { scope: scopeOf(session), ...said, sessionId: session.id, request, holdMs }
  const batch = await ctx.batches.create({ ...confirmed, instance, leaseMs, items }, now)
  if (batch === null) return null
  return { head: { ...batch, ...said, createdAt: new Date(now).toISOString(), endedAt: null }, items }
}

/** @throws Problem `request_reused` */
async function sameRequest(ctx: Context, session: Session, request: ClientRequest): Promise<Batch | null> {
  const before = await ctx.batches.byRequest(scopeOf(session), request.id)
  if (!before) return null
  if (before.request_digest !== request.digest) throw new Problem('request_reused')
  return readBatch(ctx, session, before.id)
}

export async function continueBatch(ctx: Context, session: Session, id: string): Promise<Batch> {
  requireMayReturn(ctx, session.account)
  if (ctx.shutdown.isStopping()) throw new Problem('stopping')
  const before = await load(ctx, session, id)
  const release = take(ctx, 'batches', session.identity)
  const claim = async () => ctx.batches.claim(id, ctx.instance.id, ctx.instance.leaseMs, await ctx.batches.now())
  if (await releasedOnFailure(release, claim())) {
    const { return_reason: reason, note } = before.row
    runBatch(ctx, session, { id, reason, note, holdMs: 0, over: release })
    return await batchOf(before, { state: 'running', reason: null })
  }
  release()
  return readBatch(ctx, session, id)
}

export async function stopBatch(ctx: Context, session: Session, id: string): Promise<Batch> {
  const before = await load(ctx, session, id)
  const now = await ctx.batches.now()
  const state = await ctx.batches.stop(id, now)
  if (state === null) return readBatch(ctx, session, id)
  if (state === 'stopping') return batchOf(before, { state, reason: null })
  const reason = state === 'undone' ? 'undone' : 'stopped'
  return { ...(await batchOf(before, { state: 'ended', reason })), endedAt: new Date(now).toISOString() }
}

/** A batch with the current outcomes of all its numbers. @throws Problem `no_batch`. */
export async function readBatch(ctx: Context, session: Session, id: string): Promise<Batch> {
  const loaded = await load(ctx, session, id)
  return batchOf(loaded, stateOf(loaded.row, await ctx.batches.now()))
}

export async function listBatches(ctx: Context, session: Session, ids?: readonly string[]): Promise<BatchSummary[]> {
  const rows = await listBatchRows(ctx.db, scopeOf(session), { ids, limit: LISTED })
  return summariesOf(ctx.db, rows)
}

interface Loaded {
  row: BatchRow
  items: readonly BatchItemRow[]
  records: ReadonlyMap<string, ReturnRecord>
}

async function load(ctx: Context, session: Session, id: string): Promise<Loaded> {
  const row = await ctx.batches.find(scopeOf(session), id)
  if (!row) throw new Problem('no_batch')
  const records = new Map<string, ReturnRecord>()
  for await (const page of inSlices(ctx.ledger.each(scopeOf(session), { batchId: id }))) {
    for (const record of page) if (!records.has(record.number)) records.set(record.number, record)
  }
  return { row, items: await ctx.batches.items(id), records }
}

async function batchOf({ row, items, records }: Loaded, state: Pick<Batch, 'state' | 'reason'>): Promise<Batch> {
  const over = state.state === 'ended'
  const numbers = await mapInSlices(items, (item) => itemOf(item, records.get(item.number) ?? null, over))
  return { ...headOf(row), ...state, ...counted(numbers) }
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
    national: record ? record.national : describeNumber(item.number).national,
    accountId: item.account_id,
    accountName: item.account_name,
    organizationId: item.organization_id,
    organizationName: item.organization_name,
    outcome: outcomeOf(item.state, record?.outcome ?? null, over),
    message: record?.message ?? detailOf(problemOf(item, record?.outcome ?? null, over)),
    receiptId: record?.receiptId ?? null,
    verified: record?.verified ?? null,
  }
}

function detailOf(code: string | null): string | null {
  return code !== null && isProblemCode(code) ? problemWording(code).detail : null
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code)
}
