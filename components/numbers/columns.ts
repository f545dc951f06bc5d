import type { SortKey } from '@/lib/inventory/view'

/** One grid for header and rows. Number, agent and state are always there; the rest comes with the width. */
export const GRID =
  'grid gap-x-4 px-4 sm:grid-cols-[minmax(9.5rem,11rem)_minmax(0,1fr)_minmax(7.5rem,10rem)_5.5rem] lg:grid-cols-[11rem_minmax(0,1fr)_minmax(0,1fr)_8rem_11rem_5.5rem] xl:grid-cols-[11rem_minmax(0,1.2fr)_minmax(0,1.2fr)_9rem_12rem_minmax(0,1fr)_5.5rem]'

const LG = 'max-lg:hidden'
const XL = 'max-xl:hidden'

export interface Column {
  id: string
  heading: string
  sort?: SortKey
  className?: string
}

export const COLUMNS: readonly Column[] = [
  { id: 'number', heading: 'Number', sort: 'number' },
  { id: 'agent', heading: 'Agent account', sort: 'agent' },
  { id: 'organization', heading: 'Organization', sort: 'organization', className: LG },
  { id: 'country', heading: 'Country', sort: 'country', className: LG },
  { id: 'state', heading: 'State', sort: 'state' },
  { id: 'details', heading: 'Details', className: XL },
]
