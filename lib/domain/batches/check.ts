import { type Listed, listedIn, meaningsOf, type Near, nearest } from '@/lib/domain/inventory/listed'
import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import type { Obstacle } from '@/lib/domain/inventory/selection'
import type { LatestReturn } from '@/lib/domain/returns/record'
import type { NotANumber, PastedEntry } from '@/lib/domain/text/phone'
import { type Column, type LineRole, textOfLine } from './table'

export const LINE_STATUSES = [
  'held',
  'returned_before',
  'not_found',
  'repeated',
  'several',
  'extension',
  'not_a_number',
] as const
export type LineStatus = (typeof LINE_STATUSES)[number]

/** What the server read in a line, or the role of a line that it was not asked about. */
export interface ListEntry extends Omit<PastedEntry, 'reason'> {
  id: number
  reason: NotANumber | LineRole | null
}

interface Meaning {
  number: string
  listed: boolean
}

/** Why a line has its status, where the status does not say it all. */
export type Why =
  | { kind: 'obstacle'; obstacle: Obstacle }
  | { kind: 'return'; latest: LatestReturn }
  | { kind: 'near'; near: Near[] }
  | { kind: 'no_country_code' }
  | { kind: 'same_as'; line: number }
  | { kind: 'several'; meanings: Meaning[] }
  | { kind: 'extension'; extension: string }
  | { kind: 'not_a_number'; reason: NotANumber | LineRole; near: Near[] }

export interface CheckedLine {
  id: number
  line: number
  /** What stood there. */
  text: string
  /** E.164. */
  readAs: string | null
  row: NumberRow | null
  status: LineStatus
  why: Why | null
  canBeChosen: boolean
}

export interface CheckSources {
  inventory: Inventory
  obstacle: (row: Pick<NumberRow, 'number'>) => Obstacle | null
  /** The latest returns of numbers that the list lacks, by number (E.164). */
  latest: ReadonlyMap<string, LatestReturn>
  /** Entries that had several meanings when they were judged before: the one that is left is no choice either. */
  several?: WeakSet<ListEntry>
}

const isRole = (reason: ListEntry['reason']): reason is LineRole =>
  reason === 'header' || reason === 'total' || reason === 'empty'

/** What the server read in a column, and the lines with a role, in the order of the lines. */
export function entriesOf({ table, column, roles }: Column, read: readonly PastedEntry[]): ListEntry[] {
  const others = Array.from(roles, ([line, reason]) => {
    const text = textOfLine(table, column, line).slice(0, 80)
    return { line, text, number: null, national: null, extension: null, reason }
  })
  return [...read, ...others].sort((one, other) => one.line - other.line).map((entry, id) => ({ ...entry, id }))
}

/** For each entry the numbers (E.164) that it may mean and the list lacks. */
export function* unlistedIn(
  entries: readonly PastedEntry[],
  { inventory }: Pick<CheckSources, 'inventory'>,
): Generator<string[]> {
  const listed = listedIn(inventory)
  for (const entry of entries) yield meaningsOf(entry, listed).filter((number) => !listed.rows.has(number))
}

/** Entries for which similar numbers are sought: each asks the list several hundred times. */
const MOST_SOUGHT = 100

type Judged = Pick<CheckedLine, 'status' | 'why'> & Partial<Pick<CheckedLine, 'readAs' | 'row' | 'canBeChosen'>>

function* judged(entries: readonly ListEntry[], sources: CheckSources): Generator<[ListEntry, Judged]> {
  const { obstacle, latest, inventory, several = new WeakSet() } = sources
  const listed = listedIn(inventory)
  const firstLines = new Map<string, number>()
  let sought = 0
  const near = (entry: ListEntry) => {
    sought += 1
    return sought > MOST_SOUGHT ? [] : nearest(entry.text, listed)
  }
  const unlisted = (entry: ListEntry, number: string | null): Judged => {
    const { reason } = entry
    if (isRole(reason)) return { status: 'not_a_number', why: { kind: 'not_a_number', reason, near: [] } }
    const known = number === null ? undefined : latest.get(number)
    if (known) {
      const status = known.outcome === 'returned' ? 'returned_before' : 'not_found'
      return { status, readAs: number, why: { kind: 'return', latest: known } }
    }
    if (number !== null && reason === null) return { status: 'not_found', readAs: number, why: null }
    const similar = near(entry)
    if (reason === 'letter_for_digit' || (number === null && reason !== null && similar.length === 0))
      return { status: 'not_a_number', why: { kind: 'not_a_number', reason, near: similar } }
    if (similar.length > 0) return { status: 'not_found', readAs: number, why: { kind: 'near', near: similar } }
    return { status: 'not_found', readAs: number, why: number === null ? { kind: 'no_country_code' } : null }
  }
  const ofRow = ({ extension }: ListEntry, row: NumberRow): Judged => {
    const reason = obstacle(row)
    const found = { readAs: row.number, row }
    if (reason) return { ...found, status: 'held', why: { kind: 'obstacle', obstacle: reason } }
    if (extension === null) return { ...found, status: 'held', why: null, canBeChosen: true }
    return { ...found, status: 'extension', why: { kind: 'extension', extension }, canBeChosen: true }
  }
  for (const entry of entries) {
    const meanings = isRole(entry.reason) ? [] : meaningsOf(entry, listed)
    const [number = null, ...others] = meanings
    const line = number === null ? undefined : firstLines.get(number)
    const row = number === null ? undefined : listed.rows.get(number)
    if (others.length > 0) several.add(entry)
    const isSeveral = number !== null && several.has(entry)
    if (isSeveral) yield [entry, { status: 'several', why: severalOf(meanings, listed) }]
    else if (line !== undefined) yield [entry, { status: 'repeated', readAs: number, why: { kind: 'same_as', line } }]
    else yield [entry, row ? ofRow(entry, row) : unlisted(entry, number)]
    if (number !== null && !isSeveral && line === undefined) firstLines.set(number, entry.line)
  }
}

function severalOf(meanings: readonly string[], { rows }: Listed): Why {
  return { kind: 'several', meanings: meanings.map((number) => ({ number, listed: rows.has(number) })) }
}

/**
 * Each entry in exactly one status, in order. Compares with the whole inventory; an ambiguous entry is no number,
 * because a guess could return a wrong one.
 */
export function* checkLines(entries: readonly ListEntry[], sources: CheckSources): Generator<CheckedLine> {
  for (const [{ id, line, text }, found] of judged(entries, sources))
    yield { id, line, text, readAs: null, row: null, canBeChosen: false, ...found }
}

export function statusCounts(lines: readonly CheckedLine[]): Record<LineStatus, number> {
  const counts = { held: 0, returned_before: 0, not_found: 0, repeated: 0, several: 0, extension: 0, not_a_number: 0 }
  for (const { status } of lines) counts[status] += 1
  return counts
}

/** Lines that go back to whoever sent the list: neither ready to be returned nor a header or a total. */
export function restOfLines(lines: readonly CheckedLine[]): CheckedLine[] {
  return lines.filter(({ status, why, canBeChosen }) => {
    if (why?.kind === 'not_a_number') return why.reason !== 'header' && why.reason !== 'total'
    return status !== 'held' || !canBeChosen
  })
}

/** The entry as the number that a person picked from its meanings. */
export function asPicked(entry: ListEntry, number: string): ListEntry {
  return { ...entry, number, national: null, reason: null }
}
