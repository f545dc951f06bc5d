'use client'

import { type MouseEvent, useRef } from 'react'
import { endWording, stateWords } from '@/components/inventory/state-mark'
import { Badge } from '@/components/ui/badge'
import { IconButton } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { formatCount } from '@/lib/client/format/format'
import type { AgentGroup, CustomerGroup } from '@/lib/domain/batches/groups'
import type { NumberRow } from '@/lib/domain/inventory/rows'

interface BatchListProps {
  groups: readonly CustomerGroup[]
  /** Whether the whole list was read: otherwise an account may have more numbers. */
  complete: boolean
  locked: boolean
  onDrop: (rows: readonly NumberRow[]) => void
}

const FEW = 4

function Emptied({ complete }: { complete: boolean }) {
  return (
    <span className="text-sm font-medium text-warn">{complete ? 'has no number left' : 'may have no number left'}</span>
  )
}

export function BatchList({ groups, complete, locked, onDrop }: BatchListProps) {
  const list = useRef<HTMLElement>(null)
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

function Agent({ agent: { id, name, rows, active }, emptied, complete, locked, onDrop }: AgentProps) {
  const many = formatCount(rows.length)
  const [row] = rows
  const state = row && (active ? endWording(row) : stateWords(row))
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
      <ul>
        {rows.map((row) => (
          <li
            key={row.key}
            className="flex flex-wrap items-center justify-between gap-2 pl-3 tabular-nums @max-[16rem]:pl-0"
          >
            <span translate="no">{row.number}</span>
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
