'use client'

import { memo, type Ref } from 'react'
import type { NumberRow } from '@/lib/inventory/rows'
import { useAnnounce } from '../shell/announcer'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { formatCountry } from '../ui/format'
import { Cell, Row } from '../ui/table'
import { type CellClasses, GRID } from './columns'
import { openButtonId, returnButtonId } from './row-focus'
import { StateMark } from './state-mark'
import type { RowMarks } from './use-marks'

/** Where the virtual list puts a line. `top` in px. */
export interface Place {
  index: number
  top: number
  measure: Ref<HTMLDivElement> | undefined
  /** Takes part in the Tab order. */
  active: boolean
}

interface NumberLineProps {
  place: Place
  row: NumberRow
  cells: CellClasses
  marks: RowMarks
  onReturn: ((row: NumberRow) => void) | null
  onOpen: (row: NumberRow) => void
  selected: boolean
  /** `range`: from the last chosen row to this one. null: nothing can be chosen. */
  onSelect: ((row: NumberRow, selected: boolean, range: boolean) => void) | null
}

function RowBadges({ row, marks }: { row: NumberRow; marks: RowMarks }) {
  const change = marks.change(row)
  const twice = marks.inTwoAccounts(row)
  return (
    <>
      {change && <Badge tone="good">{change}</Badge>}
      {twice && <Badge tone="warn">In two accounts</Badge>}
      {marks.unsettled(row) && <Badge tone="warn">Return not settled</Badge>}
      {marks.notReadAgain(row) && (
        <Badge tone="warn" title="This account could not be read now; shown is what was read before.">
          Not read again
        </Badge>
      )}
    </>
  )
}

function details({ sms, provider, label }: NumberRow): string {
  return [label, provider, sms === null ? null : sms ? 'SMS' : 'no SMS'].filter(Boolean).join(' · ')
}

function Line({ place, row, cells, marks, onReturn, onOpen, selected, onSelect }: NumberLineProps) {
  const announce = useAnnounce()
  const { number, national, holder, country } = row
  const twice = marks.inTwoAccounts(row)
  const tabIndex = place.active ? 0 : -1
  const notReturnable = marks.notReturnable(row)
  const why = `${returnButtonId(row.key)}-why`
  return (
    <Row
      ref={place.measure}
      data-index={place.index}
      tabIndex={tabIndex}
      aria-rowindex={place.index + 2}
      className="group/row absolute inset-x-0 top-0 -outline-offset-2 max-sm:pb-2"
      style={{ transform: `translateY(${place.top}px)` }}
    >
      <div
        className={`${GRID} min-h-12 items-center border-b sm:h-12 border-line py-1 hover:bg-canvas max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-y-1 max-sm:rounded-panel max-sm:border max-sm:bg-surface max-sm:px-3 max-sm:py-3`}
      >
        <Cell className="min-w-0">
          <div className="flex items-center gap-1 max-sm:gap-0">
            {onSelect && (
              <label className="-ml-2 grid size-8 shrink-0 place-items-center sm:-my-1.5 max-sm:-ml-3 max-sm:size-11">
                <input
                  type="checkbox"
                  aria-label={`Select ${number}`}
                  tabIndex={tabIndex}
                  disabled={twice}
                  checked={selected}
                  onChange={(event) => {
                    const { nativeEvent } = event
                    onSelect(row, event.target.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
                  }}
                  className="size-4 accent-accent"
                />
              </label>
            )}
            <button
              id={openButtonId(row.key)}
              type="button"
              tabIndex={tabIndex}
              aria-haspopup="dialog"
              onClick={() => onOpen(row)}
              className="rounded-control font-medium tabular-nums decoration-line decoration-2 underline-offset-4 hover:underline max-sm:min-h-11 max-sm:text-lg max-sm:font-semibold"
            >
              {number}
            </button>
            <CopyButton
              look="ghost"
              small
              aria-label={`Copy ${number}`}
              tabIndex={tabIndex}
              className="size-6! min-h-0! px-0! opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100 max-sm:size-11! max-sm:min-w-11 max-[22rem]:hidden max-sm:min-h-11! max-sm:opacity-100 pointer-coarse:opacity-100"
              text={() => number}
              onCopied={(ok) =>
                announce(ok ? `${number} copied.` : 'The browser did not allow copying.', ok ? 'result' : 'failure')
              }
            />
            {cells.agent === undefined && <RowBadges row={row} marks={marks} />}
          </div>
          {national && (
            <div className={`truncate ${onSelect ? 'pl-7 max-sm:pl-8' : ''} text-xs text-ink-3 tabular-nums`}>
              {national}
            </div>
          )}
        </Cell>
        {cells.agent !== undefined && (
          <Cell className="min-w-0 max-sm:col-span-2 max-sm:row-start-2">
            <div className="flex items-center gap-x-2 gap-y-0.5 overflow-hidden max-sm:flex-wrap">
              <span className="min-w-12 truncate" title={holder.name}>
                {holder.name}
              </span>
              <RowBadges row={row} marks={marks} />
            </div>
            {cells.organization !== undefined && (
              <div
                className="truncate text-xs text-ink-3 @min-[58rem]:hidden"
                title={holder.organizationName ?? undefined}
              >
                {holder.organizationName}
              </div>
            )}
          </Cell>
        )}
        {cells.organization !== undefined && (
          <Cell className={`min-w-0 truncate ${cells.organization}`} title={holder.organizationName ?? undefined}>
            {holder.organizationName ?? '–'}
          </Cell>
        )}
        {cells.country !== undefined && (
          <Cell className={`min-w-0 truncate text-ink-2 ${cells.country}`}>
            {country ? formatCountry(country) : '–'}
          </Cell>
        )}
        {cells.state !== undefined && (
          <Cell className="min-w-0 text-sm max-sm:col-span-2 max-sm:row-start-3">
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
              look="danger-quiet"
              small
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
    </Row>
  )
}

/** Marks are made anew with each batch of a walk, and say the same of nearly every row. */
function isMarkedAlike(row: NumberRow, a: RowMarks, b: RowMarks): boolean {
  return (
    a === b ||
    (a.change(row) === b.change(row) &&
      a.notReturnable(row) === b.notReturnable(row) &&
      a.notReadAgain(row) === b.notReadAgain(row) &&
      a.unsettled(row) === b.unsettled(row) &&
      a.inTwoAccounts(row) === b.inTwoAccounts(row))
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
