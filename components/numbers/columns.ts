import type { SortKey } from '@/lib/inventory/view'

/** One grid for header and rows. Number, agent and state are always there; the rest comes with the width. */
export const GRID =
  'grid gap-x-4 px-4 sm:grid-cols-[minmax(11rem,12.5rem)_minmax(0,1fr)_minmax(7.5rem,10rem)_5.5rem] @min-[58rem]:grid-cols-[12.5rem_minmax(0,1fr)_minmax(0,1fr)_8rem_11rem_5.5rem] @min-[74rem]:grid-cols-[12.5rem_minmax(0,1.2fr)_minmax(0,1.2fr)_9rem_12rem_minmax(0,1fr)_5.5rem]'

// By the table's own width, in rem: with enlarged text there is less room in the same window.
const MIDDLE = '@max-[58rem]:hidden'
const WIDE = '@max-[74rem]:hidden'

export interface Column {
  id: string
  heading: string
  sort?: SortKey
  className?: string
}

export const COLUMNS: readonly Column[] = [
  { id: 'number', heading: 'Number', sort: 'number' },
  { id: 'agent', heading: 'Agent account', sort: 'agent' },
  { id: 'organization', heading: 'Organization', sort: 'organization', className: MIDDLE },
  { id: 'country', heading: 'Country', sort: 'country', className: MIDDLE },
  { id: 'state', heading: 'State', sort: 'state' },
  { id: 'details', heading: 'Details', className: WIDE },
]
