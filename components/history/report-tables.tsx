'use client'

import { type ReactNode, useId } from 'react'
import { PrintedTable } from '@/components/inventory/printed'
import { formatCount, formatMoment, plural } from '@/lib/client/format/format'
import type { ReportAnswer } from '@/lib/client/queries/report'
import { subjectOf } from '@/lib/domain/protections/wording'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import type { Total } from '@/lib/domain/returns/report'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import { RECORD_HEADINGS, recordCells } from './history-print'

/** A table of many columns scrolls by itself on a phone. */
function Part({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h3 id={id} className="font-semibold">
        {title}
      </h3>
      <div className="overflow-x-auto" {...(wide && { tabIndex: 0, role: 'group', 'aria-labelledby': id })}>
        <div className={wide ? 'min-w-[44rem]' : undefined}>{children}</div>
      </div>
    </section>
  )
}

function TotalsTable({ title, none, totals }: { title: string; none: string; totals: readonly Total[] }) {
  return (
    <Part title={`By ${title.toLowerCase()}`}>
      <PrintedTable
        headings={[title, 'Returns', 'Returned']}
        lines={totals}
        keyOf={({ id, name }) => JSON.stringify([id, name])}
        cells={({ name, returns, returned }) => [name ?? none, formatCount(returns), formatCount(returned)]}
      />
    </Part>
  )
}

function Totals({ outcomes, customers, people, reasons }: ReportAnswer) {
  return (
    <div className="grid gap-6 sm:grid-cols-2 sm:gap-x-8">
      <Part title="By outcome">
        <PrintedTable
          headings={['Outcome', 'Returns']}
          lines={outcomes}
          keyOf={({ outcome }) => outcome}
          cells={(each) => [OUTCOME_WORDING[each.outcome], formatCount(each.returns)]}
        />
      </Part>
      <TotalsTable title="Person" none="No name given" totals={people} />
      <TotalsTable title="Reason" none="No reason given" totals={reasons} />
      <TotalsTable title="Customer" none="By hand, no account known" totals={customers} />
    </div>
  )
}

interface ReportTablesProps {
  report: ReportAnswer
  receipts: readonly ReturnRecord[]
}

/** On screen and on paper. */
export function ReportTables({ report, receipts }: ReportTablesProps) {
  const { returns, protections, more } = report
  return (
    <div className="mt-2 grid gap-6 wrap-anywhere">
      <p className="text-lg font-semibold tabular-nums">{plural(returns, 'return')}</p>
      {returns > 0 && <Totals {...report} />}
      <Part wide title="Changes of protection">
        {protections.length === 0 && <p>None in this period.</p>}
        {protections.length > 0 && (
          <PrintedTable
            headings={['At', 'Change', 'Protected', 'Person', 'Reason']}
            lines={protections}
            keyOf={({ id }) => id}
            cells={(each) => [
              formatMoment(each.at),
              each.change === 'set' ? 'Set' : 'Lifted',
              subjectOf(each),
              each.operator,
              each.reason,
            ]}
          />
        )}
        {more && <p>Older ones are left out. Export has all of them.</p>}
      </Part>
      {returns > 0 && (
        <Part wide title="Receipts">
          {receipts.length < returns && (
            <p>{`Only the newest ${formatCount(receipts.length)} are shown. Export has all of them.`}</p>
          )}
          <PrintedTable
            headings={[...RECORD_HEADINGS, 'Receipt']}
            lines={receipts}
            keyOf={({ receiptId }) => receiptId}
            cells={(record) => [...recordCells(record), record.receiptId]}
          />
        </Part>
      )}
    </div>
  )
}
