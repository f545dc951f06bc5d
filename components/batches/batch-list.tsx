'use client'

import { type MouseEvent, useRef } from 'react'
import type { NumberRow } from '@/lib/inventory/rows'
import type { CustomerGroup } from '@/lib/jobs/groups'
import { IconButton } from '../ui/button'
import { CloseIcon } from '../ui/icons'

interface BatchListProps {
  groups: readonly CustomerGroup[]
  /** Whether the whole list was read: only then is “without any number” certain. */
  complete: boolean
  locked: boolean
  onDrop: (row: NumberRow) => void
}

function Emptied({ complete }: { complete: boolean }) {
  return (
    <span className="text-sm font-medium text-warn">
      {complete ? 'is left without any number' : 'may be left without any number'}
    </span>
  )
}

/** Every number that was chosen, by customer and agent, each with a cross to drop it. */
export function BatchList({ groups, complete, locked, onDrop }: BatchListProps) {
  const list = useRef<HTMLElement>(null)
  const drop = (row: NumberRow, { currentTarget }: MouseEvent<HTMLButtonElement>) => {
    // The cross goes with its number, so the focus goes on to the next one.
    const crosses = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = crosses.indexOf(currentTarget)
    const next = crosses[at + 1] ?? crosses[at - 1]
    next?.focus()
    onDrop(row)
  }
  return (
    <section
      ref={list}
      aria-label="Chosen numbers"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="mx-5 mt-4 max-h-64 shrink-0 overflow-y-auto rounded-panel border border-line bg-canvas px-4 py-3"
    >
      {groups.map((customer) => (
        <div key={customer.id} className="not-first:mt-4">
          <h3 className="font-semibold">
            {customer.name} <span className="font-normal text-ink-3 tabular-nums">{customer.id}</span>{' '}
            {customer.emptied && <Emptied complete={complete} />}
          </h3>
          {customer.agents.map((agent) => (
            <div key={agent.id} className="mt-2">
              <p className="text-ink-2">
                {agent.name} <span className="text-ink-3 tabular-nums">{agent.id}</span>{' '}
                {agent.emptied && <Emptied complete={complete} />}
              </p>
              <ul>
                {agent.rows.map((row) => (
                  <li key={row.key} className="flex items-center justify-between gap-2 tabular-nums">
                    {row.number}
                    <IconButton
                      label={`Drop ${row.number}`}
                      small
                      blocked={locked}
                      onClick={(event) => drop(row, event)}
                    >
                      <CloseIcon />
                    </IconButton>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      ))}
    </section>
  )
}
