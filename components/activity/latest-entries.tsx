'use client'

import { useQuery } from '@tanstack/react-query'
import { OutcomeBadge } from '@/components/returns/outcome-badge'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { formatMoment, plural } from '@/lib/client/format/format'
import { latestQuery } from '@/lib/client/queries/history'
import type { BatchSummary } from '@/lib/domain/batches/batch'
import { stateWording, successOf } from '@/lib/domain/batches/wording'
import { entriesOf, type HistoryEntry } from '@/lib/domain/history/entries'
import type { ReturnRecord } from '@/lib/domain/returns/record'

const LINK =
  'rounded-control font-medium text-ink underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:inline-flex max-sm:min-h-11 max-sm:items-center'

function Latest({ entry }: { entry: HistoryEntry<ReturnRecord, BatchSummary> }) {
  const { id } = entry
  const [href, name, at] =
    entry.kind === 'batch'
      ? ['/history?batch=', `Batch of ${plural(entry.batch.total, 'number')}`, entry.batch.createdAt]
      : ['/history?receipt=', entry.record.number, entry.record.requestedAt]
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <AppLink
        href={href + encodeURIComponent(id)}
        translate={entry.kind === 'batch' ? undefined : 'no'}
        className={LINK}
      >
        {name}
      </AppLink>
      {entry.kind === 'batch' ? (
        <Badge tone={successOf(entry.batch) === 'short' ? 'warn' : 'good'}>{stateWording(entry.batch)}</Badge>
      ) : (
        <OutcomeBadge outcome={entry.record.outcome} />
      )}
      <span className="ml-auto text-sm text-ink-3 tabular-nums">{formatMoment(at)}</span>
    </li>
  )
}

/** The newest returns and batches of the account that are over, whoever made them. @param without ids of those shown above */
export function LatestEntries({ without }: { without: readonly string[] }) {
  const { data, error } = useQuery(latestQuery)
  const all = data ? entriesOf(data.returns, data.batches) : []
  const isOver = (entry: (typeof all)[number]) =>
    entry.kind === 'batch' ? entry.batch.state === 'ended' : entry.record.outcome !== 'open'
  const done = all.filter((entry) => isOver(entry) && !without.includes(entry.id))
  return (
    <>
      {error && <p className="text-sm text-warn">{`History could not be read. ${error.message}`}</p>}
      {data && all.length === 0 && <p className="text-sm text-ink-3">Nothing has been returned yet.</p>}
      {done.length > 0 && (
        <ul className="grid gap-2">
          {done.map((entry) => (
            <Latest key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      <p>
        <AppLink href="/history" className={LINK}>
          All returns
        </AppLink>
      </p>
    </>
  )
}
