import 'server-only'
import { settings } from '@/lib/config/current'
import { database } from '@/lib/db/database'
import { Problem } from '@/lib/http/problem'
import { findHolder, isVidaId } from '@/lib/inventory/hierarchy'
import { describeNumber, isE164 } from '@/lib/phone/e164'
import { PROBLEMS, type ProblemCode, problemWords } from '@/lib/problems/codes'
import { isStopping } from '@/lib/process/shutdown'
import { INSTANCE, LEASE_MS, ledger, scopeOf } from '@/lib/returns/ledger-room'
import type { ReturnRecord } from '@/lib/returns/record'
import type { Session } from '@/lib/session/current'
import { outcomeOf, problemOf, stateOf } from './item-outcome'
import type { Job, JobItem, JobSummary } from './job'
import { runJob } from './run-job'
import { createJobStore, type JobItemRow, type JobRow, type NewItem } from './store'
import { headOf, listJobRows, noCounts, summariesOf } from './summaries'

/** What was confirmed together: exact numbers (E.164), each with its account. */
export interface JobOrder {
  returns: readonly { number: string; accountId: string }[]
  note: string | null
}

/** Jobs that one answer lists. */
export const LISTED = 50

const store = async () => createJobStore(await database())

/**
 * Freezes what was confirmed as a job and begins to run it here.
 * @throws Problem `not_allowed`, `batch_size`, `invalid_number`, `invalid_account`, `foreign_account`, `number_twice`.
 */
export async function startJob(session: Session, { returns, note }: JobOrder): Promise<Job> {
  if (!session.account.canReturn) throw new Problem('not_allowed')
  if (isStopping()) throw new Problem('stopping')
  const { maxBatch } = settings()
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
    const { id, name, organizationId, organizationName } = await findHolder(session, accountId)
    items.push({
      number,
      account_id: id,
      account_name: name,
      organization_id: organizationId,
      organization_name: organizationName,
    })
  }
  const jobs = await store()
  const { id, name, role } = session.account
  const job = await jobs.create(
    {
      scope: scopeOf(session),
      requestedBy: JSON.stringify({ id, name, role }),
      note,
      instance: INSTANCE,
      leaseMs: LEASE_MS,
      items,
    },
    Date.now(),
  )
  runJob(session, jobs, { id: job, note })
  return readJob(session, job)
}

/** *Continue*: this session's token runs the rest of a paused job. A job that somebody runs already stays with them. */
export async function continueJob(session: Session, id: string): Promise<Job> {
  if (!session.account.canReturn) throw new Problem('not_allowed')
  if (isStopping()) throw new Problem('stopping')
  const jobs = await store()
  const row = await jobs.find(scopeOf(session), id)
  if (!row) throw new Problem('no_batch')
  if (await jobs.claim(id, INSTANCE, LEASE_MS, Date.now())) runJob(session, jobs, { id, note: row.note })
  return readJob(session, id)
}

/** *Stop*: those under way finish, and nothing more is sent. */
export async function stopJob(session: Session, id: string): Promise<Job> {
  const jobs = await store()
  if (!(await jobs.find(scopeOf(session), id))) throw new Problem('no_batch')
  await jobs.stop(id, Date.now())
  return readJob(session, id)
}

/** A job with all its numbers as the ledger knows them now. @throws Problem `no_batch`. */
export async function readJob(session: Session, id: string): Promise<Job> {
  const row = await (await store()).find(scopeOf(session), id)
  if (!row) throw new Problem('no_batch')
  return withItems(session, row)
}

/** The newest jobs of the session's account, or those of `ids` that are its own. */
export async function listJobs(session: Session, ids?: readonly string[]): Promise<JobSummary[]> {
  const db = await database()
  const rows = await listJobRows(db, scopeOf(session), { ids, limit: LISTED })
  return summariesOf(db, rows, Date.now())
}

async function withItems(session: Session, row: JobRow): Promise<Job> {
  const records = new Map<string, ReturnRecord>()
  for await (const page of (await ledger()).each(scopeOf(session), { batchId: row.id })) {
    // Newest first: the latest receipt of a number is the one that counts.
    for (const record of page) if (!records.has(record.number)) records.set(record.number, record)
  }
  const state = stateOf(row, Date.now())
  const rows = await (await store()).items(row.id)
  const items = rows.map((item) => itemOf(item, records.get(item.number) ?? null, state.state === 'ended'))
  const counts = noCounts()
  for (const { outcome } of items) counts[outcome] += 1
  return { ...headOf(row), ...state, total: items.length, counts, items }
}

function itemOf(item: JobItemRow, record: ReturnRecord | null, over: boolean): JobItem {
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
  return code !== null && isProblemCode(code) ? problemWords(code).detail : null
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code)
}
