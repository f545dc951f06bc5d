'use client'

import { Button } from '@/components/ui/button'
import type { ProblemEvent } from '@/lib/domain/inventory/events'
import { partOf } from '@/lib/domain/inventory/state'
import { useNumbers } from './numbers-context'
import { detailOf, failedWording, readWording } from './summary-wording'

function NamedProblem({ problem }: { problem: ProblemEvent }) {
  const { account, organization } = problem
  return (
    <>
      <strong className="font-medium">
        <bdi translate="no">{account?.name ?? organization?.name}</bdi>
      </strong>{' '}
      <span className="tabular-nums">{account?.id ?? organization?.id}</span>
      <span>{`${account ? '' : ' (organization)'}: ${detailOf(problem)}`}</span>
    </>
  )
}

function problemKey({ code, account, organization }: ProblemEvent): string {
  return `${code} ${account?.id ?? ''} ${organization?.id ?? ''}`
}

/** Which accounts and organizations could not be read, and why. */
export function PartialEntry() {
  const { state, inventory, retry, retrying } = useNumbers().model
  const named = state.problems.filter((problem) => partOf(problem) !== null)
  const general = state.problems.filter((problem) => partOf(problem) === null)
  return (
    <div className="grid gap-2">
      <p className="font-medium text-ink">{`${readWording(inventory)} · ${failedWording(state)}`}</p>
      {general.map((problem) => (
        <p key={problemKey(problem)}>{problem.detail}</p>
      ))}
      {named.length > 0 && (
        <ul className="grid max-h-60 gap-1 overflow-y-auto text-sm">
          {named.map((problem) => (
            <li key={problemKey(problem)}>
              <NamedProblem problem={problem} />
            </li>
          ))}
        </ul>
      )}
      <Button size="small" className="justify-self-start" onClick={retry} busy={retrying}>
        Retry
      </Button>
    </div>
  )
}
