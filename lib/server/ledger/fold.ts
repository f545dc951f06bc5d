import type { Selectable } from 'kysely'
import type { RecordOutcome, ReturnEvent, ReturnNote, ReturnRecord } from '@/lib/domain/returns/record'
import type { ReturnEvents, ReturnIntents } from '@/lib/server/db/tables'

export type IntentRow = Selectable<ReturnIntents>
export type EventRow = Selectable<ReturnEvents>

export type Describe = (e164: string) => string | null

export function isSettled(outcome: RecordOutcome): boolean {
  return outcome !== 'open' && outcome !== 'unknown'
}

function eventOf(row: EventRow): ReturnEvent {
  return {
    at: row.at,
    outcome: row.outcome,
    how: row.how,
    message: row.message,
    httpStatus: row.http_status,
    durationMs: row.duration_ms,
    gone: row.gone === null ? null : row.gone === 1,
  }
}

function contradictionIn(events: readonly ReturnEvent[]): string | null {
  const late = events.findLast(({ how }) => how === 'contradicted')
  return late ? (late.message ?? `Vida answered with status ${late.httpStatus}.`) : null
}

export function fold(
  intent: IntentRow,
  rows: readonly EventRow[],
  notes: ReturnNote[],
  nationalOf: Describe,
): ReturnRecord {
  const events = rows.map(eventOf)
  const outcome = events.at(-1)?.outcome ?? 'open'
  const lastRead = events.findLast((event) => event.gone !== null)
  return {
    receiptId: intent.receipt_id,
    number: intent.number,
    national: nationalOf(intent.number),
    accountId: intent.account_id,
    accountName: intent.account_name,
    organizationId: intent.organization_id,
    organizationName: intent.organization_name,
    outcome,
    message: events.findLast(({ message, how }) => message !== null && how !== 'contradicted')?.message ?? null,
    reason: intent.reason,
    note: intent.note,
    notes,
    requestedAt: intent.requested_at,
    sendsAt: intent.sends_at,
    settledAt: isSettled(outcome) ? (events.find((event) => event.outcome === outcome)?.at ?? null) : null,
    verified: lastRead?.gone ?? null,
    verifiedAt: lastRead?.at ?? null,
    requestedBy: { id: intent.owner_id, name: intent.owner_name, role: intent.owner_role },
    operator: intent.operator,
    batchId: intent.batch_id,
    listedAt: intent.listed_at,
    traceId: intent.trace_id,
    contradiction: contradictionIn(events),
    events,
  }
}
