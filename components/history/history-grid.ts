/** The columns of the history; a card on a phone, fewer of them where the table is narrow. */
export const GRID =
  'grid gap-x-4 px-4 sm:grid-cols-[11rem_minmax(0,1fr)_9rem_7rem] @min-[58rem]:grid-cols-[11rem_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_11rem_9rem_7.5rem]'

/** What only a wide table has room for, and what only a narrow one tells in a second line. */
export const WIDE = '@max-[58rem]:hidden'
export const NARROW = '@min-[58rem]:hidden'

export const LINE = `${GRID} min-h-13 scroll-mt-10 -outline-offset-2 items-center border-b border-line py-1.5 last:rounded-b-panel last:border-b-0 hover:bg-canvas max-sm:mb-2 max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-y-1 max-sm:rounded-panel max-sm:border max-sm:bg-surface max-sm:py-3 max-sm:last:border-b @max-[16rem]:flex @max-[16rem]:flex-col @max-[16rem]:items-start sm:@max-[30rem]:flex sm:@max-[30rem]:flex-col sm:@max-[30rem]:items-start`

/** A line's first word, which opens it. */
export const OPENER =
  'rounded-control text-left font-medium tabular-nums underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:min-h-11 max-sm:text-lg'

/** A line's place in the table. `active`: it takes part in the Tab order, its buttons with it. */
export interface Place {
  index: number
  active: boolean
}

/** What makes a row a line that keys move to. */
export function placed({ index, active }: Place) {
  return { 'data-index': index, tabIndex: active ? 0 : -1 }
}
