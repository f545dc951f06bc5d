'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isOver, jobsQuery } from '@/lib/client/queries/batches'
import { keepInTab, keptInTab } from '@/lib/client/storage/tab'
import type { Job } from '@/lib/domain/batches/batch'
import type { Rest } from '@/lib/domain/batches/rest'
import { SEARCH_ID } from '../inventory/row-focus'
import { JobPanel } from './batch-panel'

const KEPT = 'batches'
const ID = /^B-[0-9A-Z-]+$/

interface JobPanelsProps {
  /** The signed-in account, whose batches these are. */
  accountId: string
  /** Ids of the batches that were begun on this page. */
  started: readonly string[]
  onOpen: (jobId: string) => void
  /** What of a batch that is over can be returned now. */
  rest: (job: Job) => Rest
  onRest: (job: Job, rest: Rest) => void
}

/** The batches of this account that run or wait for a person, and those that ended in this tab, until they are dismissed. */
export function JobPanels({ accountId, started, onOpen, rest, onRest }: JobPanelsProps) {
  const { data } = useQuery(jobsQuery)
  const [kept] = useState<ReadonlySet<string>>(() => new Set(keptInTab(KEPT, accountId, ID)))
  const [seen, setSeen] = useState(kept)
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const going = (data?.jobs ?? []).filter((job) => !isOver(job)).map(({ id }) => id)
  const fresh = [...going, ...started].filter((id) => !seen.has(id))
  if (fresh.length > 0) setSeen(new Set([...seen, ...fresh]))
  useEffect(
    () =>
      keepInTab(
        KEPT,
        accountId,
        [...seen].filter((id) => !dismissed.has(id)),
      ),
    [accountId, seen, dismissed],
  )
  const dismiss = (id: string) => {
    setDismissed(new Set([...dismissed, id]))
    document.getElementById(SEARCH_ID)?.focus()
  }
  return [...seen]
    .filter((id) => !dismissed.has(id))
    .map((id) => (
      <JobPanel
        key={id}
        id={id}
        begun={started.includes(id)}
        kept={kept.has(id)}
        onOpen={() => onOpen(id)}
        rest={rest}
        onRest={onRest}
        onDismiss={() => dismiss(id)}
      />
    ))
}
