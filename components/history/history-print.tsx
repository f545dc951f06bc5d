'use client'

import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { MOST_PRINTED, Printed, PrintedTable } from '@/components/inventory/printed'
import { withId } from '@/components/returns/receipt-wording'
import { useToast } from '@/components/ui/toast'
import { formatCount, formatDay, formatMoment, plural } from '@/lib/client/format/format'
import { readHistory } from '@/lib/client/queries/history'
import type { ReturnsFilter } from '@/lib/client/queries/returns'
import type { BatchSummary } from '@/lib/domain/batches/batch'
import { countsSentence, stateWording } from '@/lib/domain/batches/wording'
import { entriesOf, type HistoryEntry } from '@/lib/domain/history/entries'
import { RECORD_OUTCOMES, type ReturnRecord } from '@/lib/domain/returns/record'
import { confirmedWording, noteWording, OUTCOME_WORDING, requesterWording } from '@/lib/domain/returns/wording'
import { cleanLine } from '@/lib/domain/text/clean'
import { customersWording } from './history-batch'

type Entry = HistoryEntry<ReturnRecord, BatchSummary>

interface Shown {
  filter: ReturnsFilter
  entries: readonly Entry[]
  /** What is missing, as a sentence; null: nothing. */
  missing: string | null
}

/** A day (`YYYY-MM-DD`) in the person's own time zone. */
export const dayWording = (day: string) => formatDay(`${day}T12:00:00`)

/** What the filters ask for. */
export function filterWording({ search, outcomes, operator, reason, from, to }: ReturnsFilter): string {
  const words = [
    search && `Search: “${cleanLine(search)}”`,
    outcomes.length > 0 &&
      `Outcome: ${RECORD_OUTCOMES.filter((outcome) => outcomes.includes(outcome))
        .map((outcome) => OUTCOME_WORDING[outcome])
        .join(', ')}`,
    operator && `Person: ${operator}`,
    reason && `Reason: ${reason}`,
    from && `From ${dayWording(from)}`,
    to && `To ${dayWording(to)}`,
  ]
  return words.filter(Boolean).join(' · ') || 'All returns'
}

export const RECORD_HEADINGS = [
  'Number',
  'Agent account',
  'Organization',
  'Reason and notes',
  'Requested',
  'By',
  'Outcome',
]

function cellsOf(entry: Entry): (string | null)[] {
  if (entry.kind === 'batch') {
    const { batch } = entry
    const outcome = `${stateWording(batch)}: ${countsSentence(batch)}`
    const { total, customers, createdAt } = batch
    const many = `Batch of ${plural(total, 'number')}`
    const why = [batch.returnReason, batch.note].filter(Boolean).join('. ')
    return [many, null, customersWording(customers), why, formatMoment(createdAt), requesterWording(batch), outcome]
  }
  return recordCells(entry.record)
}

export function recordCells(record: ReturnRecord): (string | null)[] {
  return [
    record.number,
    withId(record.accountName, record.accountId) ?? 'By hand',
    withId(record.organizationName, record.organizationId),
    [record.reason, record.note, ...record.notes.map((note) => noteWording(note, formatMoment))]
      .filter(Boolean)
      .join('. '),
    formatMoment(record.requestedAt),
    requesterWording(record),
    [OUTCOME_WORDING[record.outcome], confirmedWording(record)].filter(Boolean).join(', '),
  ]
}

/** Reads what is to be printed and has the browser print it. `whole` is that, until it is printed. */
export function usePrintWhole<Whole>(read: () => Promise<Whole>) {
  const toast = useToast()
  const [whole, setWhole] = useState<Whole | null>(null)
  useEffect(() => {
    const over = () => setWhole(null)
    window.addEventListener('afterprint', over)
    return () => window.removeEventListener('afterprint', over)
  }, [])
  const { mutate } = useMutation({ mutationFn: read })
  const printWhole = () => {
    toast('Reading all that matches.')
    mutate(undefined, {
      onSuccess: (all) => {
        toast('')
        flushSync(() => setWhole(() => all))
        window.print()
      },
      onError: (error) => toast(error.message, 'failure'),
    })
  }
  return { whole, printWhole }
}

/** All that matches, for the paper. */
export async function readShown(filter: ReturnsFilter): Promise<Shown> {
  const { returns, batches, more } = await readHistory(filter, MOST_PRINTED)
  const entries = entriesOf(returns, batches)
  const missing = more ? `Only the newest ${formatCount(entries.length)} are printed. Export has all of them.` : null
  return { filter, entries, missing }
}

export function HistoryPrint({ filter, entries, missing }: Shown) {
  const paper = () => ({
    title: 'History of returns',
    about: [filterWording(filter), ...(missing ? [missing] : [])],
    content: <PrintedTable headings={RECORD_HEADINGS} lines={entries} keyOf={({ id }) => id} cells={cellsOf} />,
  })
  return <Printed paper={paper} />
}
