'use client'

import { useId } from 'react'
import { useFolded } from '@/components/batches/use-folded'
import { StateMark } from '@/components/inventory/state-mark'
import type { Marks } from '@/components/inventory/use-marks'
import { ProtectionNotice } from '@/components/protections/protection-notice'
import type { ProtectionFlow } from '@/components/protections/use-protection-dialog'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import type { Customer, CustomerAccount } from '@/lib/domain/inventory/customer'
import type { Obstacle } from '@/lib/domain/inventory/selection'

const OBSTACLE_WORDING: Record<Obstacle, string> = {
  in_two_accounts: 'In two accounts',
  not_settled: 'Return not settled',
  protected: 'Protected',
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
                <Badge tone={obstacle === 'in_batch' || obstacle === 'protected' ? 'plain' : 'warn'}>
                  {OBSTACLE_WORDING[obstacle]}
                </Badge>
              )}
            </li>
          )
        })}
      </ul>
      {showAll}
    </div>
  )
}

type Ask = ProtectionFlow['ask']

/** Of the account itself: what protects its organization is said above. */
function AgentProtection({
  account,
  marks,
  ask,
}: Pick<CustomerAccount, 'account'> & { marks: Marks; ask: Ask | null }) {
  const { id: target, name } = account
  const protection = marks.protections.find((each) => each.level === 'account' && each.target === target)
  if (protection)
    return (
      <ProtectionNotice
        protection={protection}
        onLift={ask && ((lifted) => ask({ step: 'lift', protection: lifted }))}
      />
    )
  if (!ask) return null
  return (
    <Button
      size="small"
      variant="ghost"
      className="-ml-2"
      aria-haspopup="dialog"
      aria-label={`Protect agent account ${name}`}
      onClick={() => ask({ step: 'set', choices: [{ level: 'account', target, name }] })}
    >
      Protect…
    </Button>
  )
}

interface AgentProps {
  agent: CustomerAccount
  marks: Marks
  again: boolean
  ask: Ask | null
}

function Agent({ agent, marks, again, ask }: AgentProps) {
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
        <AgentProtection account={account} marks={marks} ask={ask} />
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
  /** null: whoever is signed in may not return, and so not protect. */
  ask: Ask | null
}

export function CustomerAgents({ customer, marks, over, ask }: CustomerAgentsProps) {
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
            <Agent key={agent.account.id} agent={agent} marks={marks} again={over && agent.earlier} ask={ask} />
          ))}
        </ul>
      </div>
      {showAll}
    </section>
  )
}
