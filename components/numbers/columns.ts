import type { CSSProperties } from 'react'
import type { SortKey } from '@/lib/domain/inventory/view'

/** One grid for header and rows; its tracks come from `gridTracks` and change with the table's own width, in rem. */
export const GRID =
  'grid gap-x-4 px-4 sm:grid-cols-(--tiny) sm:@max-[30rem]:gap-x-2 sm:@max-[30rem]:px-2 sm:@min-[30rem]:grid-cols-(--narrow) @min-[58rem]:grid-cols-(--middle) @min-[74rem]:grid-cols-(--wide)'

// By the table's own width, in rem: with enlarged text there is less room in the same window.
const MIDDLE = '@max-[58rem]:hidden'
const WIDE = '@max-[74rem]:hidden'
/** Text of twice the size in a tablet's window leaves room for no more than whose number it is. */
const NOT_TINY = 'sm:@max-[30rem]:hidden'

const COLUMN_IDS = ['number', 'agent', 'organization', 'country', 'state', 'details'] as const
export type ColumnId = (typeof COLUMN_IDS)[number]

export interface Column {
  id: ColumnId
  heading: string
  sort?: SortKey
  className?: string
  /** What it takes of a tiny, a narrow, a middle and a wide table; null: there is no room for it. */
  tracks: readonly [tiny: string | null, narrow: string | null, middle: string | null, wide: string]
}

/** A number and what can be done with it are always there; the rest comes with the width and can be hidden. */
export const COLUMNS: readonly Column[] = [
  {
    id: 'number',
    heading: 'Number',
    sort: 'number',
    tracks: ['8.25rem', 'minmax(11rem,12.5rem)', '12.5rem', '12.5rem'],
  },
  {
    id: 'agent',
    heading: 'Agent account',
    sort: 'agent',
    tracks: ['minmax(0,1fr)', 'minmax(0,1fr)', 'minmax(0,1fr)', 'minmax(0,1.2fr)'],
  },
  {
    id: 'organization',
    heading: 'Organization',
    sort: 'organization',
    className: MIDDLE,
    tracks: [null, null, 'minmax(0,1fr)', 'minmax(0,1.2fr)'],
  },
  { id: 'country', heading: 'Country', sort: 'country', className: MIDDLE, tracks: [null, null, '8rem', '9rem'] },
  {
    id: 'state',
    heading: 'State',
    sort: 'state',
    className: NOT_TINY,
    tracks: [null, 'minmax(7.5rem,10rem)', '11rem', '12rem'],
  },
  { id: 'details', heading: 'Details', className: WIDE, tracks: [null, null, null, 'minmax(0,1fr)'] },
]
const ACTIONS = '5.5rem'
/** Without the agents, a number takes their room: what is odd about a row is said beside it then. */
const NUMBER_ALONE = 'minmax(8.25rem,1fr)'

export type Hidden = ReadonlySet<ColumnId>
export const NONE_HIDDEN: Hidden = new Set()

/** What is kept in the browser, ids with commas between; anything that does not read as that counts as nothing. */
export function hiddenOf(text: string | null): Hidden {
  const ids = text ? text.split(',') : []
  const known = COLUMN_IDS.filter((id) => id !== 'number' && ids.includes(id))
  return known.length === ids.length ? new Set(known) : NONE_HIDDEN
}

/** In a narrow table the organization stands below the agent; without agents it takes their place. */
function inItsPlace(column: Column, hidden: Hidden): Column {
  const { id, tracks } = column
  if (!hidden.has('agent')) return column
  if (id === 'number') return { ...column, tracks: [NUMBER_ALONE, NUMBER_ALONE, NUMBER_ALONE, NUMBER_ALONE] }
  return id === 'organization'
    ? { ...column, className: '', tracks: ['minmax(0,1fr)', 'minmax(0,1fr)', tracks[2], tracks[3]] }
    : column
}

/** The columns that are drawn where there is room for them. */
export function shownColumns(hidden: Hidden): readonly Column[] {
  return COLUMNS.filter(({ id }) => !hidden.has(id)).map((column) => inItsPlace(column, hidden))
}

/** The grid's tracks as custom properties, for the table around header and rows. */
export function gridTracks(columns: readonly Column[]): CSSProperties & Record<`--${string}`, string> {
  const at = (width: 0 | 1 | 2 | 3) => [...columns.flatMap(({ tracks }) => tracks[width] ?? []), ACTIONS].join(' ')
  return { '--tiny': at(0), '--narrow': at(1), '--middle': at(2), '--wide': at(3) }
}

/** The class of each column's cells; a column that is not there has none. */
export type CellClasses = Partial<Record<ColumnId, string>>

export function cellClasses(columns: readonly Column[]): CellClasses {
  return Object.fromEntries(columns.map(({ id, className }) => [id, className ?? '']))
}
