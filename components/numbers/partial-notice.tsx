'use client'

import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { formatCount, plural } from '@/lib/client/format/format'
import type { ProblemEvent } from '@/lib/domain/inventory/events'
import { failedOrganizations, type InventoryState, partOf } from '@/lib/domain/inventory/state'
import { useNumbers } from './numbers-context'

function partialSentence(
  { accountsFound, accountsRead, accountsFailed, problems }: InventoryState,
  totalRead: number,
): string {
  const organizations = failedOrganizations(problems)
  const from = `${plural(totalRead, 'number')} from ${formatCount(accountsRead)} of ${plural(accountsFound, 'account')}`
  const accounts = organizations > 0 ? plural(accountsFailed, 'account') : formatCount(accountsFailed)
  const failed = [accountsFailed > 0 && accounts, organizations > 0 && plural(organizations, 'organization')]
    .filter(Boolean)
    .join(' and ')
  const how = problems.some(({ code }) => code === 'entry_unreadable')
    ? 'could not be read completely'
    : 'could not be read'
  return `${from}; ${failed ? `${failed} ${how}` : 'the list may not be complete'}`
}

function detailOf({ detail, account, organization }: ProblemEvent): string {
  const name = `${account?.name ?? organization?.name}: `
  return detail.startsWith(name) ? detail.slice(name.length) : detail
}

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

export function PartialNotice() {
  const { state, inventory, retry, retrying } = useNumbers().model
  const named = state.problems.filter((problem) => partOf(problem) !== null)
  const general = state.problems.filter((problem) => partOf(problem) === null)
  const [only] = named.length === 1 ? named : []
  return (
    <Notice
      tone="warn"
      alert
      action={
        <Button onClick={retry} busy={retrying}>
          Retry
        </Button>
      }
    >
      <p>{`${partialSentence(state, inventory.totalRead)}.`}</p>
      {general.map((problem) => (
        <p key={problemKey(problem)}>{problem.detail}</p>
      ))}
      {only && (
        <p>
          <NamedProblem problem={only} />
        </p>
      )}
      {named.length > 1 && (
        <details className="mt-1">
          <summary className="w-fit font-medium max-sm:py-3">Which ones</summary>
          <ul className="mt-1 grid max-h-60 gap-1 overflow-y-auto text-sm">
            {named.map((problem) => (
              <li key={problemKey(problem)}>
                <NamedProblem problem={problem} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Notice>
  )
}
