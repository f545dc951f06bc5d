'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useFindUses } from '@/components/inventory/use-uses'
import { Button } from '@/components/ui/button'
import { formatCount, plural } from '@/lib/client/format/format'
import { setUsesRun, type UsesRun, usesRunQuery } from '@/lib/client/queries/uses'

function Title({ run: { accounts, left, problems, running, failure } }: { run: UsesRun }) {
  const read = `${formatCount(accounts - left.length)} of ${plural(accounts, 'account')}`
  if (running) return <span>Finding unused numbers</span>
  const why = failure !== null || problems.length > 0 ? 'not finished' : 'stopped'
  return <span>{`Finding unused numbers: ${why}, ${read} read`}</span>
}

/** How many different reasons are listed. */
const MOST_REASONS = 3

/** The reading of the use of many accounts: how far it is, and what a person can do. */
export function UsesEntry() {
  const client = useQueryClient()
  const { data: run } = useQuery(usesRunQuery)
  const findUses = useFindUses()
  if (!run) return null
  const { accounts, left, problems, running, failure, stop } = run
  const done = accounts - left.length + problems.length
  const reasons = [...new Set(problems.map(({ detail }) => detail))].slice(0, MOST_REASONS)
  return (
    <section aria-label="Finding unused numbers" className="grid gap-1">
      <p className="font-medium text-ink">
        <Title run={run} />
      </p>
      {running && <progress aria-label="Reading the use" className="meter my-1 w-full" value={done} max={accounts} />}
      {running && <p className="text-sm tabular-nums">{`${formatCount(done)} of ${plural(accounts, 'account')}`}</p>}
      {problems.length > 0 && <p className="text-sm">{`${plural(problems.length, 'account')} could not be read.`}</p>}
      {[failure ?? [], reasons].flat().map((reason) => (
        <p key={reason} className="text-sm text-warn">
          {reason}
        </p>
      ))}
      <div className="mt-1 flex flex-wrap gap-2 max-sm:*:grow max-sm:*:px-2!">
        {running ? (
          <Button onClick={stop}>Stop</Button>
        ) : (
          <>
            <Button onClick={() => findUses({ accountIds: left, accounts })}>Continue</Button>
            <Button onClick={() => setUsesRun(client, null)}>Dismiss</Button>
          </>
        )}
      </div>
    </section>
  )
}
