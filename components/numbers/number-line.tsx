'use client'

import { memo } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { StateMark } from '@/components/inventory/state-mark'
import { obstacleWording } from '@/components/inventory/wording'
import { HeldUse } from '@/components/returns/return-status'
import type { ShownReturn } from '@/components/returns/shown-returns'
import { CustomerName } from '@/components/ui/customer-name'
import { Cell } from '@/components/ui/table'
import { formatCountry } from '@/lib/client/format/format'
import type { RowMarks } from '@/lib/domain/inventory/marks'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { smsWording } from '@/lib/domain/inventory/sort'
import { type CellClasses, GRID } from './columns'
import { LineAction, RowOutcome } from './line-action'
import { NumberCell } from './number-cell'
import type { RowActions } from './numbers-context'
import { type Place, PlacedRow, rowId } from './placed-row'
import { RowBadges } from './row-badges'

interface NumberLineProps {
  place: Place
  row: NumberRow
  cells: CellClasses
  marks: RowMarks
  lastUsed: string | null
  actions: RowActions
  selected: boolean
  /** Its page is open. */
  current: boolean
  shown: ShownReturn | null
}

/** Without a class name the column is hidden. */
function FactCell({ className, text }: { className: string | undefined; text: string | null }) {
  if (className === undefined) return null
  return (
    <Cell className={`min-w-0 truncate text-sm text-ink-2 ${className}`} title={text ?? undefined}>
      {text ?? '–'}
    </Cell>
  )
}

function Line({ place, row, cells, marks, lastUsed, actions, selected, current, shown }: NumberLineProps) {
  const { canReturn } = useAccount()
  const { account, country } = row
  const tabIndex = place.active ? 0 : -1
  const { hasNamesake } = marks
  const indent = canReturn ? 'max-sm:pl-8' : ''
  const organization = [account.organizationName, hasNamesake && account.organizationId].filter(Boolean).join(' ')
  const badges = <RowBadges marks={marks} shown={shown} hasState={cells.state !== undefined} />
  const shownOrganization = (
    <>
      <bdi translate="no">{account.organizationName}</bdi>
      {hasNamesake && <span>{` ${account.organizationId}`}</span>}
    </>
  )
  return (
    <PlacedRow id={rowId(row.key)} place={place} current={current} className="group/row max-sm:pb-1.5">
      <div
        className={`${GRID} min-h-12 items-center border-b ${shown?.kind === 'answered' ? 'gap-y-1' : 'sm:h-12'} border-line py-1 ${selected ? 'bg-accent-soft max-sm:border-accent' : current ? 'bg-sunken' : 'hover:bg-canvas max-sm:bg-surface'} max-sm:grid-cols-[auto_minmax(0,1fr)_auto] max-sm:gap-x-2 max-sm:gap-y-0 max-sm:rounded-panel max-sm:border max-sm:px-3 max-sm:py-1 max-sm:@max-[16rem]:flex max-sm:@max-[16rem]:flex-col max-sm:@max-[16rem]:items-stretch`}
      >
        <NumberCell
          row={row}
          tabIndex={tabIndex}
          selected={selected}
          locked={obstacleWording(marks)}
          actions={actions}
          badges={cells.agent === undefined && badges}
        />
        {cells.agent !== undefined && (
          <Cell
            className={`min-w-0 max-sm:col-span-2 max-sm:row-start-2 max-sm:flex max-sm:h-5 max-sm:items-center max-sm:gap-x-2 max-sm:text-sm ${indent}`}
          >
            <div className="flex items-center gap-x-2 gap-y-0.5 overflow-hidden max-sm:shrink-0 max-sm:max-w-4/5 @min-[58rem]:flex-wrap">
              <span translate="no" className="min-w-12 truncate" title={account.name}>
                {account.name}
              </span>
              {badges}
            </div>
            {cells.organization !== undefined && organization !== account.name && (
              <div
                className="truncate text-xs text-ink-3 max-sm:min-w-0 max-sm:text-sm @min-[58rem]:hidden"
                title={organization}
              >
                {shownOrganization}
              </div>
            )}
          </Cell>
        )}
        {cells.organization !== undefined && (
          <Cell className={`min-w-0 truncate ${cells.organization}`} title={organization}>
            {account.organizationId ? (
              <CustomerName quiet id={account.organizationId} name={null} tabIndex={tabIndex}>
                {shownOrganization}
              </CustomerName>
            ) : (
              (account.organizationName ?? '–')
            )}
          </Cell>
        )}
        {cells.country !== undefined && (
          <Cell className={`min-w-0 truncate text-ink-2 ${cells.country}`}>
            {country ? formatCountry(country) : '–'}
          </Cell>
        )}
        {cells.state !== undefined && (
          <Cell
            className={`min-w-0 text-sm max-sm:max-h-10 max-sm:overflow-hidden max-sm:@max-[20rem]:col-span-2 max-sm:@max-[20rem]:row-start-3 max-sm:@max-[20rem]:max-h-none max-sm:@max-[20rem]:pl-8 ${cells.state}`}
          >
            {/* In its place, so that nothing moves. */}
            {shown?.kind === 'waiting' ? (
              <HeldUse number={row.number}>
                <StateMark row={row} />
              </HeldUse>
            ) : (
              <StateMark row={row} />
            )}
          </Cell>
        )}
        <FactCell className={cells.used} text={lastUsed} />
        <FactCell className={cells.label} text={row.label} />
        <FactCell className={cells.provider} text={row.provider} />
        <FactCell className={cells.texts} text={smsWording(row)} />
        <Cell className="text-right max-sm:col-start-3 max-sm:row-span-2 max-sm:row-start-1">
          {canReturn && <LineAction row={row} marks={marks} actions={actions} shown={shown} tabIndex={tabIndex} />}
        </Cell>
        {shown?.kind === 'answered' && (
          <Cell className={`col-span-full min-w-0 max-sm:row-start-4 max-sm:pt-1 ${indent}`}>
            <RowOutcome answered={shown} actions={actions} tabIndex={tabIndex} />
          </Cell>
        )}
      </div>
    </PlacedRow>
  )
}

const isAlike = (a: object, b: object) => Object.entries(a).every(([name, value]) => value === Reflect.get(b, name))

/** Places and marks are new objects in each drawing of the list, mostly with the same values. */
function isUnchanged({ place, marks, ...rest }: NumberLineProps, next: NumberLineProps): boolean {
  return isAlike(place, next.place) && isAlike(marks, next.marks) && isAlike(rest, next)
}

export const NumberLine = memo(Line, isUnchanged)
