'use client'

import { useId } from 'react'
import { useFolded } from '@/components/batches/use-folded'
import { StateMark } from '@/components/inventory/state-mark'
import type { Marks } from '@/components/inventory/use-marks'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import type { Customer, CustomerAccount } from '@/lib/domain/inventory/customer'
import type { Obstacle } from '@/lib/domain/inventory/selection'

const OBSTACLE_WORDING: Record<Obstacle, string> = {
  in_two_accounts: 'In two accounts',
  not_settled: 'Return not settled',
  in_batch: 'In a batch',
}

function AgentNumbers({ rows, marks }: { rows: CustomerAccount['rows']; marks: Marks }) {
  const { ref, limit, showAll } = useFolded(rows.length, 'numbers')
  if (rows.length === 0) return <p className="text-ink-3">No number</p>
  return (
    <div ref={ref} tabIndex={-1}>
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {rows.slice(0, limit).map((row) => {
          const obstacle = marks.obstacle(row)
          return (
            <li key={row.key} className="flex items-center gap-2">
              <AppLink
                href={`/numbers?number=${encodeURIComponent(row.number)}`}
                translate="no"
                className="rounded-control font-medium tabular-nums underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:inline-flex max-sm:min-h-11 max-sm:items-center"
              >
                {row.number}
              </AppLink>
              {obstacle && (
                <Badge tone={obstacle === 'in_batch' ? 'plain' : 'warn'}>{OBSTACLE_WORDING[obstacle]}</Badge>
              )}
            </li>
          )
        })}
      </ul>
      {showAll}
    </div>
  )
}

function Agent({ agent, marks, again }: { agent: CustomerAccount; marks: Marks; again: boolean }) {
  const { account, rows } = agent
  return (
    <li className="grid gap-x-6 gap-y-1 border-b border-line px-4 py-3 last:border-b-0 sm:grid-cols-[minmax(0,16rem)_minmax(0,1fr)]">
      <div className="min-w-0">
        <h3 className="font-medium wrap-anywhere">
          <bdi translate="no">{account.name}</bdi>{' '}
          <span className="font-normal text-ink-3 tabular-nums">{account.id}</span>
        </h3>
        <div className="flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
          <StateMark row={agent} />
          {again && <Badge tone="warn">Not read again</Badge>}
        </div>
        {account.canceledReason && <p className="text-sm wrap-break-word text-ink-3">{account.canceledReason}</p>}
      </div>
      <AgentNumbers rows={rows} marks={marks} />
    </li>
  )
}

interface CustomerAgentsProps {
  customer: Customer
  marks: Marks
  /** A scan is over: what it did not read is said. */
  over: boolean
}

export function CustomerAgents({ customer, marks, over }: CustomerAgentsProps) {
  const id = useId()
  const { accounts } = customer
  const { ref, limit, showAll } = useFolded(accounts.length, 'accounts')
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-2 text-lg font-semibold">
        Agent accounts
      </h2>
      <div ref={ref} tabIndex={-1}>
        <ul className="rounded-panel border border-line bg-surface">
          {accounts.slice(0, limit).map((agent) => (
            <Agent key={agent.account.id} agent={agent} marks={marks} again={over && agent.earlier} />
          ))}
        </ul>
      </div>
      {showAll}
    </section>
  )
}
