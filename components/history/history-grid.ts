import { SHOWN_ROW } from '@/components/ui/table'

export const GRID =
  'grid gap-x-4 px-4 sm:grid-cols-[11rem_minmax(0,1fr)_9rem_7rem] @min-[58rem]:grid-cols-[11rem_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_11rem_9rem_7.5rem]'

/** Shown only in a wide table, or only in a narrow one. */
export const WIDE = '@max-[58rem]:hidden'
export const NARROW = '@min-[58rem]:hidden'

const LINE = `${GRID} relative min-h-13 scroll-mt-10 -outline-offset-2 items-center border-b border-line py-1.5 last:rounded-b-panel last:border-b-0 max-sm:mb-2 max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-y-1 max-sm:rounded-panel max-sm:border max-sm:bg-surface max-sm:py-3 max-sm:last:border-b @max-[16rem]:flex @max-[16rem]:flex-col @max-[16rem]:items-start sm:@max-[30rem]:flex sm:@max-[30rem]:flex-col sm:@max-[30rem]:items-start`

export const OPENER =
  'rounded-control text-left font-medium tabular-nums underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:min-h-11 max-sm:text-lg'

/** `active`: the row and its buttons are in the Tab order. `current`: the panel beside the list shows it. */
export interface Place {
  index: number
  active: boolean
  current: boolean
}

/** Attributes of a row that arrow keys move to. */
export function placed({ index, active, current }: Place) {
  const className = current ? `${LINE} ${SHOWN_ROW} bg-sunken` : `${LINE} hover:bg-canvas`
  return { 'data-index': index, tabIndex: active ? 0 : -1, 'aria-current': current || undefined, className }
}
