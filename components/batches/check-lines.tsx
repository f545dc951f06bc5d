import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { ExportButton } from '@/components/ui/export-button'
import { ColumnHeader, Row, RowGroup, Table } from '@/components/ui/table'
import { formatAbroad, formatCount, isoDay, plural } from '@/lib/client/format/format'
import { type CheckedLine, LINE_STATUSES, type LineStatus, restOfLines, statusCounts } from '@/lib/domain/batches/check'
import { linesCsv } from '@/lib/domain/batches/check-csv'
import { lineSentence, STATUS_WORDING } from '@/lib/domain/batches/check-wording'
import { CheckLine, LINE_GRID } from './check-line'
import type { ListCheck } from './use-list-check'

/** Lines that are drawn at first, and with each press of the button: thousands at once would hold the page. */
const PAGE = 50

const HEADINGS = ['Line', 'What stood there', 'Read as', 'Held by', 'Status']

interface CheckLinesProps {
  lines: readonly CheckedLine[]
  list: ListCheck
}

export function CheckLines({ lines, list }: CheckLinesProps) {
  const [filter, setFilter] = useState<LineStatus | null>(null)
  const [limit, setLimit] = useState(PAGE)
  const shown = lines.filter(({ status, id }) => filter === null || status === filter || id === list.corrected)
  const choose = (status: LineStatus | null) => {
    setFilter(status)
    setLimit(PAGE)
  }
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <Filters lines={lines} filter={filter} onFilter={choose} />
        <RestActions lines={lines} />
      </div>
      <Table aria-label="Lines" aria-rowcount={shown.length + 1} className="text-sm">
        <RowGroup className="max-sm:sr-only">
          <Row className={`${LINE_GRID} border-b border-line py-1.5 font-medium text-ink-2`}>
            <ColumnHeader>
              <span className="sr-only">Selected</span>
            </ColumnHeader>
            {HEADINGS.map((heading) => (
              <ColumnHeader key={heading}>{heading}</ColumnHeader>
            ))}
          </Row>
        </RowGroup>
        <RowGroup>
          {shown.slice(0, limit).map((line) => (
            <CheckLine key={line.id} line={line} list={list} chosen={list.isChosen(line)} />
          ))}
        </RowGroup>
      </Table>
      {shown.length > limit && (
        <Button className="justify-self-start" onClick={() => setLimit(limit + PAGE)}>
          {`Show ${formatCount(Math.min(PAGE, shown.length - limit))} more of ${plural(shown.length, 'line')}`}
        </Button>
      )}
    </div>
  )
}

interface FiltersProps {
  lines: readonly CheckedLine[]
  filter: LineStatus | null
  onFilter: (status: LineStatus | null) => void
}

function Filters({ lines, filter, onFilter }: FiltersProps) {
  const counts = statusCounts(lines)
  const entries = LINE_STATUSES.filter((status) => counts[status] > 0 || status === filter)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset grows with its content, and this scrolls on a phone
    <div
      role="group"
      aria-label="Show lines"
      className="flex grow flex-wrap gap-1.5 max-sm:-mx-5 max-sm:max-w-[calc(100%+2.5rem)] max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:px-5 max-sm:py-1"
    >
      {[null, ...entries].map((status) => (
        <Button
          key={status}
          size="small"
          aria-pressed={filter === status}
          onClick={() => onFilter(status)}
          className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent max-sm:shrink-0 max-sm:whitespace-nowrap!"
        >
          <span>{status === null ? 'All' : STATUS_WORDING[status]}</span>
          <span className="tabular-nums">{formatCount(status === null ? lines.length : counts[status])}</span>
        </Button>
      ))}
    </div>
  )
}

/** What whoever sent the list must look at. */
function RestActions({ lines }: { lines: readonly CheckedLine[] }) {
  const rest = restOfLines(lines)
  if (rest.length === 0) return null
  return (
    <div className="flex flex-wrap gap-2">
      <CopyButton
        size="small"
        text={() => rest.map((line) => lineSentence(line, formatAbroad)).join('\n')}
        said={`${plural(rest.length, 'line')} copied.`}
      >
        Copy the rest
      </CopyButton>
      <ExportButton
        label="Export the rest"
        file={() => ({
          name: `list-rest-${isoDay(new Date())}`,
          csv: () => new Response(linesCsv(rest, formatAbroad)),
        })}
      />
    </div>
  )
}
