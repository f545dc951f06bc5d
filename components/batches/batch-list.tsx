'use client'

import type { MouseEvent } from 'react'
import { endWording, stateWording } from '@/components/inventory/state-mark'
import { Badge } from '@/components/ui/badge'
import { IconButton } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { formatAge, formatCount } from '@/lib/client/format/format'
import type { AgentGroup, CustomerGroup } from '@/lib/domain/batches/groups'
import { isAgentUse, latestUse, usedThisWeek } from '@/lib/domain/batches/used'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { isInUse, usageSentence } from '@/lib/domain/use/wording'
import type { BatchUses } from './batch-use'

interface BatchListProps {
  groups: readonly CustomerGroup[]
  use: BatchUses
  /** Whether the whole list was read: otherwise an account may have more numbers. */
  complete: boolean
  locked: boolean
  onDrop: (rows: readonly NumberRow[]) => void
}

const FEW = 4

function Emptied({ complete }: { complete: boolean }) {
  return (
    <span className="text-sm font-medium text-warn">
      {complete ? 'will have no number left' : 'may have no number left'}
    </span>
  )
}

export function BatchList({ groups, use, complete, locked, onDrop }: BatchListProps) {
  const { list } = use
  const drop = (rows: readonly NumberRow[], { currentTarget }: MouseEvent<HTMLButtonElement>) => {
    // The pressed cross disappears, so the focus moves to the next one.
    const crosses = [...(list.current?.querySelectorAll('button') ?? [])]
    const dropped =
      rows.length > 1 ? [...(currentTarget.closest('[data-agent]')?.querySelectorAll('button') ?? [])] : []
    const first = crosses.indexOf(dropped[0] ?? currentTarget)
    const next = crosses[first + Math.max(1, dropped.length)] ?? crosses[first - 1]
    next?.focus()
    onDrop(rows)
  }
  const few = groups.reduce((sum, { count }) => sum + count, 0) <= FEW
  return (
    <section
      ref={list}
      aria-label="Chosen numbers"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onPointerLeave={use.sort}
      onBlur={use.sort}
      className={`mx-5 mt-4 overflow-y-auto rounded-panel border border-line bg-canvas px-4 py-3 @max-[16rem]:px-2 ${few ? 'shrink-0' : 'min-h-48'}`}
    >
      {groups.map((customer) => (
        <div key={customer.id} className="not-first:mt-4">
          <h3 className="font-semibold">
            <bdi translate="no">{customer.name}</bdi>{' '}
            <span className="font-normal text-ink-3 tabular-nums">
              {`${customer.id} (${formatCount(customer.count)})`}
            </span>{' '}
            {customer.emptied && <Emptied complete={complete} />}
          </h3>
          {customer.agents.map((agent) => (
            <Agent
              key={agent.id}
              agent={agent}
              use={use}
              emptied={agent.emptied && !customer.emptied}
              complete={complete}
              locked={locked}
              onDrop={drop}
            />
          ))}
        </div>
      ))}
    </section>
  )
}

interface AgentProps extends Omit<BatchListProps, 'groups' | 'onDrop'> {
  agent: AgentGroup
  emptied: boolean
  onDrop: (rows: readonly NumberRow[], event: MouseEvent<HTMLButtonElement>) => void
}

/** “Last call 2 hours ago”; empty while it is read. */
function AgentUse({ agent, use: { uses, reading, now } }: Pick<AgentProps, 'agent' | 'use'>) {
  const latest = latestUse(agent, uses)
  const unread = reading ? '\u00a0' : 'When it was last used could not be read.'
  const whole = latest?.basis === 'account' ? 'Agent: ' : ''
  return (
    <p className={`text-sm ${latest && isInUse(latest, now) ? 'text-warn' : 'text-ink-3'}`}>
      {latest ? `${whole}${usageSentence(latest, now, formatAge)}` : unread}
    </p>
  )
}

function Agent({ agent, use, emptied, complete, locked, onDrop }: AgentProps) {
  const { id, name, rows, active } = agent
  const { uses, now } = use
  const many = formatCount(rows.length)
  const [row] = rows
  const state = row && (active ? endWording(row) : stateWording(row))
  return (
    <div data-agent="" className="mt-2">
      <div className="flex items-center justify-between gap-2 text-ink-2">
        <p className="min-w-0 wrap-break-word">
          <bdi translate="no">{name}</bdi> <span className="text-ink-3 tabular-nums">{`${id} (${many})`}</span>{' '}
          {active && <Badge tone="warn">active</Badge>} {state && <span className="text-sm text-ink-3">{state}</span>}{' '}
          {emptied && <Emptied complete={complete} />}
        </p>
        {rows.length > 1 && (
          <IconButton
            label={`Drop all ${many} of ${name} ${id}`}
            size="small"
            blocked={locked}
            onClick={(event) => onDrop(rows, event)}
          >
            <Icon name="close" />
          </IconButton>
        )}
      </div>
      <AgentUse agent={agent} use={use} />
      <ul>
        {rows.map((row) => (
          <li
            key={row.key}
            className="flex flex-wrap items-center justify-between gap-2 pl-3 tabular-nums @max-[16rem]:pl-0"
          >
            <span className="grow" translate="no">
              {row.number}
            </span>
            {rows.length > 1 && usedThisWeek(uses.get(id), row.number, now) === 'used' && (
              <Badge tone="warn">
                {isAgentUse(uses.get(id), row.number) ? 'Agent used this week' : 'Used this week'}
              </Badge>
            )}
            <IconButton
              label={`Drop ${row.number}`}
              size="small"
              blocked={locked}
              onClick={(event) => onDrop([row], event)}
            >
              <Icon name="close" />
            </IconButton>
          </li>
        ))}
      </ul>
    </div>
  )
}
