import type { CSSProperties } from 'react'
import type { SortKey } from '@/lib/domain/inventory/sort'

/** The grid of header and rows. Its tracks come from `gridTracks` and depend on the table's width in rem. */
export const GRID =
  'grid gap-x-4 px-4 sm:grid-cols-(--tiny) sm:@max-[30rem]:gap-x-2 sm:@max-[30rem]:px-2 sm:@min-[30rem]:grid-cols-(--narrow) @min-[58rem]:grid-cols-(--middle) @min-[74rem]:grid-cols-(--wide) @min-[80rem]:grid-cols-(--wider) @min-[85rem]:grid-cols-(--widest)'

const MIDDLE = '@max-[58rem]:hidden'
const WIDE = '@max-[74rem]:hidden'
const WIDER = '@max-[80rem]:hidden'
const WIDEST = '@max-[85rem]:hidden'
/** Not in a tablet's window at 200 % text. */
const NOT_TINY = 'sm:@max-[30rem]:hidden'

const COLUMN_IDS = [
  'number',
  'agent',
  'organization',
  'country',
  'state',
  'used',
  'label',
  'provider',
  'texts',
] as const
export type ColumnId = (typeof COLUMN_IDS)[number]

export interface Column {
  id: ColumnId
  heading: string
  sort?: SortKey
  className?: string
  /** Its track in a table of each of `WIDTHS`, the last one also for the widths after it; null: it is not shown. */
  tracks: readonly (string | null)[]
}

const WIDTHS = ['tiny', 'narrow', 'middle', 'wide', 'wider', 'widest'] as const

/** The number and the actions are always shown. */
export const COLUMNS: readonly Column[] = [
  {
    id: 'number',
    heading: 'Number',
    sort: 'number',
    tracks: ['8.25rem', 'minmax(11rem,12.5rem)', '12.5rem'],
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
  { id: 'country', heading: 'Country', sort: 'country', className: MIDDLE, tracks: [null, null, '8rem'] },
  {
    id: 'state',
    heading: 'State',
    sort: 'state',
    className: NOT_TINY,
    tracks: [null, 'minmax(7.5rem,10rem)', '11rem'],
  },
  { id: 'used', heading: 'Last used', sort: 'used', className: WIDE, tracks: [null, null, null, '7.5rem'] },
  { id: 'label', heading: 'Label', sort: 'label', className: WIDE, tracks: [null, null, null, 'minmax(0,1fr)'] },
  { id: 'provider', heading: 'Provider', sort: 'provider', className: WIDER, tracks: [null, null, null, null, '6rem'] },
  { id: 'texts', heading: 'Texts', sort: 'texts', className: WIDEST, tracks: [null, null, null, null, null, '4rem'] },
]
const ACTIONS = '5.5rem'
/** Without the agent column the row's badges stand beside the number. */
const NUMBER_ALONE = 'minmax(8.25rem,1fr)'

export type Hidden = ReadonlySet<ColumnId>
export const NONE_HIDDEN: Hidden = new Set()

/** Reads the stored ids, separated by commas; any other text hides nothing. */
export function hiddenOf(text: string | null): Hidden {
  const ids = text ? text.split(',') : []
  const known = COLUMN_IDS.filter((id) => id !== 'number' && ids.includes(id))
  return known.length === ids.length ? new Set(known) : NONE_HIDDEN
}

/** A narrow table shows the organization below the agent, or in its place if the agent is hidden. */
function inItsPlace(column: Column, hidden: Hidden): Column {
  const { id, tracks } = column
  if (!hidden.has('agent')) return column
  if (id === 'number') return { ...column, tracks: [NUMBER_ALONE] }
  return id === 'organization'
    ? { ...column, className: '', tracks: ['minmax(0,1fr)', 'minmax(0,1fr)', ...tracks.slice(2)] }
    : column
}

export function shownColumns(hidden: Hidden): readonly Column[] {
  return COLUMNS.filter(({ id }) => !hidden.has(id)).map((column) => inItsPlace(column, hidden))
}

export function gridTracks(columns: readonly Column[]): CSSProperties & Record<`--${string}`, string> {
  const at = (width: number) =>
    [...columns.flatMap(({ tracks }) => tracks[Math.min(width, tracks.length - 1)] ?? []), ACTIONS].join(' ')
  return Object.fromEntries(WIDTHS.map((name, width) => [`--${name}`, at(width)]))
}

/** A hidden column has no entry. */
export type CellClasses = Partial<Record<ColumnId, string>>

export function cellClasses(columns: readonly Column[]): CellClasses {
  return Object.fromEntries(columns.map(({ id, className }) => [id, className ?? '']))
}
