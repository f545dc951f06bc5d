import 'server-only'
import { BYTE_ORDER_MARK, csvLine } from '@/lib/domain/csv/csv'
import type { ProtectionChange } from '@/lib/domain/protections/protection'
import { ReportTally, type Total, type Totals } from '@/lib/domain/returns/report'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import type { Context } from '@/lib/server/context/context'
import { textStream } from '@/lib/server/http/text-stream'
import { type ReturnFilter, type Scope, scopeOf } from '@/lib/server/ledger/types'
import { inSlices } from '@/lib/server/process/slices'
import { csvPieces } from '@/lib/server/returns/csv'
import type { Session } from '@/lib/server/session/current'

/** Changes of protection in one answer, and in one step of a file. */
const CHANGES = 500

export interface Report extends Totals {
  asOf: string
  /** Of the period, whatever else the filter says; newest first. */
  protections: ProtectionChange[]
  /** There are older changes of protection, which the file has. */
  more: boolean
}

/** What is asked for, as of now: later returns are left out, so that totals and receipts are of the same ones. */
async function asOfNow({ ledger }: Context, filter: ReturnFilter) {
  const now = await ledger.now()
  const to = filter.to === undefined ? now : Math.min(Date.parse(filter.to), now)
  return { now: new Date(now).toISOString(), filter: { ...filter, to: new Date(to).toISOString() } }
}

async function totalsOf({ ledger }: Context, scope: Scope, filter: ReturnFilter, signal: AbortSignal): Promise<Totals> {
  const tally = new ReportTally()
  for await (const page of inSlices(ledger.each(scope, filter))) {
    if (signal.aborted) break
    tally.add(page)
  }
  return tally.totals()
}

/** Counts what the filter finds; the receipts themselves are in the list. */
export async function readReport(
  ctx: Context,
  session: Session,
  asked: ReturnFilter,
  signal: AbortSignal,
): Promise<Report> {
  const scope = scopeOf(session)
  const { now, filter } = await asOfNow(ctx, asked)
  const { from, to } = filter
  const totals = await totalsOf(ctx, scope, filter, signal)
  const changes = await ctx.ledger.protections.changes(scope, { from, to, limit: CHANGES + 1 })
  return { asOf: now, ...totals, protections: changes.slice(0, CHANGES), more: changes.length > CHANGES }
}

/** The same with each receipt and each change, as one file of several tables. */
export async function csvOfReport(
  ctx: Context,
  session: Session,
  asked: ReturnFilter,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const scope = scopeOf(session)
  const { now, filter } = await asOfNow(ctx, asked)
  // Before the answer begins, which can then still be a problem.
  const totals = await totalsOf(ctx, scope, filter, signal)
  async function* pieces() {
    yield BYTE_ORDER_MARK + headOf(session, filter, now) + totalLines(totals) + csvLine([])
    yield* csvPieces(ctx.ledger.each(scope, filter))
    yield csvLine([]) + csvLine(['Change of protection', 'At', 'Person', 'Level', 'Protected', 'Name', 'Reason'])
    yield* changeLines(ctx, scope, filter)
  }
  return textStream(pieces())
}

function headOf({ account, operator }: Session, filter: ReturnFilter, now: string): string {
  const { from = null, to = null, search = null, outcomes, operator: person = null, reason = null } = filter
  const wanted = outcomes?.map((outcome) => OUTCOME_WORDING[outcome]).join(', ') ?? null
  const facts: [string, string | null][] = [
    ['As of', now],
    ['Made by', [operator, `${account.name} (${account.id})`].filter(Boolean).join(', ')],
    ['From', from],
    ['Before', to],
    ['Search', search],
    ['Outcome', wanted],
    ['Person', person],
    ['Reason', reason],
  ]
  const given = facts.filter(([, value]) => value !== null)
  return csvLine(['Report of returns']) + given.map((fact) => csvLine(fact)).join('')
}

function totalLines({ returns, outcomes, customers, people, reasons }: Totals): string {
  const table = (heading: string, none: string, totals: readonly Total[]) => [
    csvLine([]),
    csvLine([heading, 'Returns', 'Returned', ...(totals === customers ? ['Id'] : [])]),
    ...totals.map(({ id, name, ...counts }) =>
      csvLine([name ?? none, `${counts.returns}`, `${counts.returned}`, ...(id === null ? [] : [id])]),
    ),
  ]
  return [
    csvLine([]),
    csvLine(['Outcome', 'Returns']),
    ...outcomes.map((each) => csvLine([OUTCOME_WORDING[each.outcome], `${each.returns}`])),
    csvLine(['All', `${returns}`]),
    ...table('Customer', 'By hand, no account known', customers),
    ...table('Person', 'No name given', people),
    ...table('Reason', 'No reason given', reasons),
  ].join('')
}

async function* changeLines({ ledger }: Context, scope: Scope, { from, to }: ReturnFilter): AsyncGenerator<string> {
  let before: string | undefined
  for (;;) {
    const changes = await ledger.protections.changes(scope, { from, to, before, limit: CHANGES })
    yield changes
      .map(({ change, at, operator, level, target, name, reason }) =>
        csvLine([change, at, operator, level, target, name, reason]),
      )
      .join('')
    before = changes.at(-1)?.id
    if (before === undefined || changes.length < CHANGES) return
  }
}
