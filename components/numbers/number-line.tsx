'use client'

import { memo } from 'react'
import { returnButtonId } from '@/components/inventory/row-focus'
import { StateMark } from '@/components/inventory/state-mark'
import type { RowMarks } from '@/components/inventory/use-marks'
import { Button } from '@/components/ui/button'
import { Cell } from '@/components/ui/table'
import { formatCountry } from '@/lib/client/format/format'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { type CellClasses, GRID } from './columns'
import { NumberCell, type NumberCellProps } from './number-cell'
import { type Place, PlacedRow } from './placed-row'
import { RowBadges } from './row-badges'

interface NumberLineProps extends Pick<NumberCellProps, 'row' | 'selected' | 'onSelect' | 'onOpen'> {
  place: Place
  cells: CellClasses
  marks: RowMarks
  onReturn: ((row: NumberRow) => void) | null
}

function details({ sms, provider, label }: NumberRow): string {
  return [label, provider, sms === null ? null : sms ? 'SMS' : 'no SMS'].filter(Boolean).join(' · ')
}

function Line({ place, row, cells, marks, onReturn, onOpen, selected, onSelect }: NumberLineProps) {
  const { number, account, country } = row
  const tabIndex = place.active ? 0 : -1
  const notReturnable = marks.notReturnable(row)
  // Below the number on a card, not below its checkbox.
  const indent = onSelect ? 'max-sm:pl-8' : ''
  const why = `${returnButtonId(row.key)}-why`
  const organization = [account.organizationName, marks.hasNamesake(row) && account.organizationId]
    .filter(Boolean)
    .join(' ')
  return (
    <PlacedRow place={place} className="group/row max-sm:pb-2">
      <div
        className={`${GRID} min-h-12 items-center border-b sm:h-12 border-line py-1 ${selected ? 'bg-accent-soft max-sm:border-accent' : 'hover:bg-canvas max-sm:bg-surface'} max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-y-1 max-sm:rounded-panel max-sm:border max-sm:px-3 max-sm:py-3 max-sm:@max-[16rem]:flex max-sm:@max-[16rem]:flex-col max-sm:@max-[16rem]:items-stretch`}
      >
        <NumberCell
          row={row}
          tabIndex={tabIndex}
          selected={selected}
          locked={notReturnable}
          onSelect={onSelect}
          onOpen={onOpen}
          badges={cells.agent === undefined && <RowBadges row={row} marks={marks} />}
        />
        {cells.agent !== undefined && (
          <Cell className={`min-w-0 max-sm:col-span-2 max-sm:row-start-2 ${indent}`}>
            <div className="flex items-center gap-x-2 gap-y-0.5 overflow-hidden max-sm:flex-wrap @min-[58rem]:flex-wrap">
              <span className="min-w-12 truncate" title={account.name}>
                {account.name}
              </span>
              <RowBadges row={row} marks={marks} />
            </div>
            {cells.organization !== undefined && (
              <div className="truncate text-xs text-ink-3 @min-[58rem]:hidden" title={organization}>
                {organization}
              </div>
            )}
          </Cell>
        )}
        {cells.organization !== undefined && (
          <Cell className={`min-w-0 truncate ${cells.organization}`} title={organization}>
            {organization || '–'}
          </Cell>
        )}
        {cells.country !== undefined && (
          <Cell className={`min-w-0 truncate text-ink-2 ${cells.country}`}>
            {country ? formatCountry(country) : '–'}
          </Cell>
        )}
        {cells.state !== undefined && (
          <Cell className={`min-w-0 text-sm max-sm:col-span-2 max-sm:row-start-3 ${cells.state} ${indent}`}>
            <StateMark row={row} />
          </Cell>
        )}
        {cells.details !== undefined && (
          <Cell className={`min-w-0 truncate text-sm text-ink-2 ${cells.details}`} title={details(row)}>
            {details(row) || '–'}
          </Cell>
        )}
        <Cell className="text-right max-sm:col-start-2 max-sm:row-start-1">
          {onReturn && (
            <Button
              id={returnButtonId(row.key)}
              variant="danger-quiet"
              size="small"
              className="max-sm:px-3!"
              aria-label={`Return ${number}`}
              tabIndex={tabIndex}
              aria-haspopup="dialog"
              aria-describedby={notReturnable ? why : undefined}
              title={notReturnable ?? undefined}
              blocked={notReturnable !== null}
              onClick={() => onReturn(row)}
            >
              Return…
            </Button>
          )}
          {onReturn && notReturnable && (
            <span id={why} className="sr-only">
              {notReturnable}
            </span>
          )}
        </Cell>
      </div>
    </PlacedRow>
  )
}

/** Marks are made anew with each batch of a scan, and say the same of nearly every row. */
function isMarkedAlike(row: NumberRow, a: RowMarks, b: RowMarks): boolean {
  return (
    a === b ||
    (a.change(row) === b.change(row) &&
      a.notReturnable(row) === b.notReturnable(row) &&
      a.notReadAgain(row) === b.notReadAgain(row) &&
      a.earlierReturn(row) === b.earlierReturn(row) &&
      a.inBatch(row) === b.inBatch(row) &&
      a.inTwoAccounts(row) === b.inTwoAccounts(row) &&
      a.hasNamesake(row) === b.hasNamesake(row))
  )
}

function samePlace(before: NumberLineProps, after: NumberLineProps): boolean {
  const { place: a, ...rest } = before
  const { place: b, ...other } = after
  return (
    a.index === b.index &&
    a.top === b.top &&
    a.measure === b.measure &&
    a.active === b.active &&
    rest.row === other.row &&
    rest.cells === other.cells &&
    isMarkedAlike(rest.row, rest.marks, other.marks) &&
    rest.onReturn === other.onReturn &&
    rest.onOpen === other.onOpen &&
    rest.selected === other.selected &&
    rest.onSelect === other.onSelect
  )
}

/** One number. Drawn again only when it, its place or what is said about it changes. */
export const NumberLine = memo(Line, samePlace)
