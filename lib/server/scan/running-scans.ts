import 'server-only'
import type { Account, AssignedNumber } from '@/lib/domain/accounts/account'
import type { InventoryEvent, NumbersEvent } from '@/lib/domain/inventory/events'
import { MissingParts } from '@/lib/domain/inventory/missing'
import { takeEverywhere } from '@/lib/server/budgets/budgets'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { metrics } from '@/lib/server/process/metrics'
import type { Session } from '@/lib/server/session/current'
import { endSessions } from '@/lib/server/session/end-sessions'
import { Broadcast } from './broadcast'
import { countIn, emptyTally, problemEvent, progressOf, type Tally } from './events'
import { finding, mayReadListsOnce, saveFindings } from './findings'
import { rememberAccount } from './known'
import { ledgerClock } from './ledger-clock'
import { encoded, LINE_END, type NumbersLine } from './numbers-line'
import { type Newer, NumbersRead } from './numbers-read'
import { type OnComplete, type ScanRead, saveScan } from './save-scan'
import { type ScanOptions, type ScanScope, scan } from './scan'
import { scopeKey } from './scope-key'

const LIMIT_MS = 30 * 60_000
/** A progress line is sent after so long without a line, so that no proxy closes the connection, ms. */
const HEARTBEAT_MS = 10_000

interface RunningScan extends ScanRead {
  /** Of its scope. */
  key: string
  broadcast: Broadcast
  /** Rejects with Problem 429 if too many scans are under way. */
  admitted: Promise<() => Promise<void>>
  /** Accounts that were read again since this scan began; their newer numbers replace what it reads itself. */
  reread: Map<string, Newer>
  joinable: boolean
}

const running = ({ shared }: Context) => shared('scans', () => new Map<string, Set<RunningScan>>())
const runningOf = (ctx: Context, identity: string): RunningScan[] => [...(running(ctx).get(identity) ?? [])]

/** NDJSON. Requests of one identity share a scan, which stops with its last reader. @throws Problem `stopping`, 429 */
export async function streamScan(
  ctx: Context,
  session: Session,
  scope: ScanScope,
  signal: AbortSignal,
  onComplete: OnComplete = async () => {},
): Promise<ReadableStream<Uint8Array>> {
  const key = scopeKey(scope)
  const joined = runningOf(ctx, session.identity).findLast((each) => each.joinable && each.key === key)
  const { broadcast, admitted } = joined ?? start(ctx, session, scope, onComplete)
  const stream = broadcast.stream(signal)
  await admitted
  return stream
}

export function accountsInRunningScans(
  ctx: Context,
  identity: string,
  number: string,
): { read: Set<string>; accounts: Account[] } {
  const scans = runningOf(ctx, identity)
  const ids = new Set(scans.flatMap(({ read, partial }) => [...read.ids(partial)]))
  return { read: ids, accounts: scans.flatMap(({ read }) => read.accountsHolding(number)) }
}

export async function numbersInRunningScans(ctx: Context, identity: string, accountId: string) {
  for (const { read } of runningOf(ctx, identity)) {
    const numbers = await read.numbersOf(accountId)
    if (numbers) return numbers
  }
  return null
}

/** Later requests start a new scan: the running ones may have read an account before it was read again. */
export function closeToNewReaders(ctx: Context, identity: string): void {
  for (const each of runningOf(ctx, identity)) each.joinable = false
}

/** Updates the snapshot; a running scan can't undo it. `number` is E.164, `newer` has all that the account holds. */
export async function accountReread(
  ctx: Context,
  identity: string,
  accountId: string,
  newer: { numbers: AssignedNumber[]; readAt: string },
  number: string,
): Promise<void> {
  closeToNewReaders(ctx, identity)
  for (const each of runningOf(ctx, identity)) {
    each.reread.set(accountId, newer)
    each.read.replace(accountId, newer)
  }
  try {
    await ctx.snapshots.patch(identity, accountId, newer.numbers, number, newer.readAt)
  } catch {
    ctx.log('error', 'snapshot_not_saved')
  }
}

function start(ctx: Context, session: Session, scope: ScanScope, onComplete: OnComplete): RunningScan {
  if (ctx.shutdown.isStopping()) throw new Problem('stopping')
  const admitted = takeEverywhere(ctx, 'scans', session.identity)
  const abort = new AbortController()
  const startedAt = ctx.clock.now()
  const tally = emptyTally()
  let ending: 'scan_stopped' | 'scan_too_long' = 'scan_stopped'
  let refusal: Buffer | null = null
  const doneLine = (counts: Tally, complete: boolean) =>
    line({ type: 'done', complete, ...picked(counts), readAt: new Date(startedAt).toISOString() })
  const broadcast = new Broadcast(() => stop())
  const state: RunningScan = { key: scopeKey(scope), broadcast, admitted, ...nothingRead(), joinable: true }
  const stop = () => {
    state.joinable = false
    abort.abort()
  }
  const heartbeat = setInterval(() => emit(progressOf(tally)), HEARTBEAT_MS)
  const limit = setTimeout(() => {
    ending = 'scan_too_long'
    stop()
  }, LIMIT_MS)
  const shutdownSignal = ctx.shutdown.signal()
  shutdownSignal.addEventListener('abort', stop)

  const emit: ScanOptions['emit'] = (event, written) => {
    heartbeat.refresh()
    countIn(tally, event)
    state.missing.take(event)
    if (event.type === 'numbers' && written) recordNumbers(state, event, written)
    if (event.type === 'numbers' && scope.kind !== 'root') replaceInOthers(ctx, session.identity, state, event)
    // The client leaves on this line for a page that must find the session ended.
    if (event.type === 'problem' && event.code === 'signed_out') refusal = line(event)
    else if (written) broadcast.push(...written, LINE_END)
    else broadcast.push(line(event))
  }
  const read = async () => {
    ctx.log('info', 'scan', { scope: scope.kind, outcome: 'begun' })
    try {
      const result = await scan({ ...(await scanOptions(ctx, session, scope, state)), signal: abort.signal, emit })
      await saveFindings(ctx, session.identity, scope, result, startedAt)
      // Before `done`, as the client relies on both then; the sessions last, because a stream ends with its session.
      await saveScan(ctx, session, scope, state, result, startedAt, onComplete)
      if (refusal) {
        await endSessions(ctx, { identity: session.identity }, 'token_refused').catch(() =>
          ctx.log('error', 'sessions_not_ended'),
        )
        broadcast.push(refusal)
      }
      noteEnd(ctx, scope, result.complete ? 'complete' : 'incomplete', tally, startedAt)
      broadcast.push(doneLine(result, result.complete))
    } catch (error) {
      const { aborted } = abort.signal
      noteEnd(ctx, scope, aborted ? ending : 'failed', tally, startedAt)
      if (!aborted) ctx.log('error', 'scan_failed', { name: error instanceof Error ? error.name : 'unknown' })
      broadcast.push(line(problemEvent(aborted ? ending : 'internal')))
      broadcast.push(doneLine(tally, false))
    }
  }
  const run = async () => {
    const release = await admitted.catch(() => null)
    try {
      if (release) await read()
    } finally {
      stop()
      // A reader of the last line may begin another scan at once.
      await release?.()
      clearInterval(heartbeat)
      clearTimeout(limit)
      shutdownSignal.removeEventListener('abort', stop)
      broadcast.end()
      remove(ctx, session.identity, state)
      // The request refers to this scan until its connection closes, so its memory is freed here.
      state.read.clear()
    }
  }
  running(ctx).set(session.identity, new Set([...runningOf(ctx, session.identity), state]))
  void ctx.shutdown.tracked(run())
  return state
}

function nothingRead() {
  return {
    read: new NumbersRead(),
    missing: new MissingParts(),
    unproved: new Set<string>(),
    partial: new Set<string>(),
    reread: new Map<string, Newer>(),
  }
}

async function scanOptions(
  ctx: Context,
  session: Session,
  scope: ScanScope,
  { unproved }: RunningScan,
): Promise<Omit<ScanOptions, 'signal' | 'emit'>> {
  const now = await ledgerClock(ctx)
  return {
    client: ctx.vida(session),
    scope,
    listsOffered: (await finding(ctx, session.identity, 'numbers_offered')) === true,
    inactiveListed: await mayReadListsOnce(ctx, session, scope),
    now,
    unproved: (accountId) => unproved.add(accountId),
    found: (account, level) => rememberAccount(ctx, session, account, level),
  }
}

function noteEnd(ctx: Context, { kind }: ScanScope, outcome: string, tally: Tally, startedAt: number): void {
  const { accountsRead: accounts, accountsFailed: failed, numbers } = tally
  const ms = ctx.clock.now() - startedAt
  ctx.log('info', 'scan', { scope: kind, outcome, accounts, failed, numbers, ms })
  metrics().scanSeconds.observe({ scope: kind, outcome }, ms / 1000)
}

function remove(ctx: Context, identity: string, state: RunningScan): void {
  const scans = running(ctx).get(identity)
  if (scans?.delete(state) && scans.size === 0) running(ctx).delete(identity)
}

/** Account reads outside the scan since it began are newer than what it reads. */
function recordNumbers(
  { read, reread, partial }: RunningScan,
  { account, partial: isPartial }: NumbersEvent,
  line: NumbersLine,
): void {
  read.put(account.id, line)
  if (isPartial) partial.add(account.id)
  const newer = reread.get(account.id)
  if (newer) read.replace(account.id, newer)
}

/** A part's read is newer than what other running scans have read of the account; what they read later replaces it. */
function replaceInOthers(ctx: Context, identity: string, part: RunningScan, event: NumbersEvent): void {
  const { account, numbers, partial, readAt } = event
  if (partial) return
  for (const each of runningOf(ctx, identity)) if (each !== part) each.read.replace(account.id, { numbers, readAt })
}

function line(event: InventoryEvent): Buffer {
  return encoded(`${JSON.stringify(event)}\n`)
}

function picked({ accountsFound, accountsRead, accountsFailed, numbers }: Tally): Tally {
  return { accountsFound, accountsRead, accountsFailed, numbers }
}
