'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isOver, jobsQuery } from '@/lib/jobs/query'
import { SEARCH_ID } from '../numbers/row-focus'
import { JobPanel } from './job-panel'

interface JobPanelsProps {
  /** Ids of the batches that were begun on this page. */
  started: readonly string[]
  onOpen: (jobId: string) => void
}

/** The batches of this account that run or wait for a person, and those that ended while this page was open. */
export function JobPanels({ started, onOpen }: JobPanelsProps) {
  const { data } = useQuery(jobsQuery)
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const going = (data?.jobs ?? []).filter((job) => !isOver(job)).map(({ id }) => id)
  const fresh = [...going, ...started].filter((id) => !seen.has(id))
  if (fresh.length > 0) setSeen(new Set([...seen, ...fresh]))
  const dismiss = (id: string) => {
    setDismissed(new Set([...dismissed, id]))
    document.getElementById(SEARCH_ID)?.focus()
  }
  return [...seen]
    .filter((id) => !dismissed.has(id))
    .map((id) => (
      <JobPanel key={id} id={id} begun={started.includes(id)} onOpen={() => onOpen(id)} onDismiss={() => dismiss(id)} />
    ))
}
