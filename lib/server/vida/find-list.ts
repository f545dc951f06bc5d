import 'server-only'
import { mapInSlices } from '@/lib/server/process/slices'
import { VidaFailure } from './failure'
import { type Fields, fieldsOf, firstOf } from './fields'
import { type Paging, pagingOf } from './paging'

/** What is known of a list before it is asked for. */
export interface ListKind<Entry> {
  /** The fields that may hold it, the likeliest first. */
  names: readonly string[]
  /** The fields that may hold its total, the likeliest first. */
  totals: readonly string[]
  parse: (entry: unknown) => Entry
  /** Whether the entry has what one of this list needs: an id, a number. */
  isReadable: (entry: Entry) => boolean
}

export interface FoundList<Entry> extends Paging {
  entries: Entry[]
  /** Null: a name that was expected, or no name. `data.items`: one level down. */
  unknownName: string | null
}

interface Place {
  name: string
  list: readonly unknown[]
  parent: Fields
}

function placesIn(parent: Fields, prefix = ''): Place[] {
  return Object.entries(parent).flatMap(([name, list]) =>
    Array.isArray(list) ? [{ name: prefix + name, list, parent }] : [],
  )
}

function placesOf(fields: Fields): Place[] {
  const inner = Object.entries(fields).flatMap(([name, value]) => placesIn(fieldsOf(value) ?? {}, `${name}.`))
  return [...placesIn(fields), ...inner]
}

function unknownShape(): VidaFailure {
  return new VidaFailure('unknown_shape', 200)
}

/**
 * The list in an answer: the answer itself, a field with an expected name, or the one array whose entries are all
 * readable, also one level down. `nameBefore`: where an earlier page of this list was found. @throws VidaFailure
 */
export async function findList<Entry>(
  value: unknown,
  kind: ListKind<Entry>,
  nameBefore: string | null = null,
): Promise<FoundList<Entry>> {
  const { names, totals, parse } = kind
  const fields = fieldsOf(value)
  const expected = fields ? firstOf(fields, names, (field) => field) : value
  if (Array.isArray(expected)) {
    const entries = await mapInSlices(expected, parse)
    return { ...pagingOf(fields ? [fields] : [], totals), entries, unknownName: null }
  }
  if (!fields) throw unknownShape()
  const places = placesOf(fields)
  const again = places.find(({ name }) => name === nameBefore)
  const { name, parent, entries } = again
    ? { ...again, entries: await mapInSlices(again.list, parse) }
    : await onlyCandidate(places, kind)
  const paging = pagingOf([parent, fields], totals)
  const isEmpty = entries.length === 0 && fields.success === true && paging.total === 0
  const isWhatIsNeeded = entries.length > 0 ? entries.every(kind.isReadable) : isEmpty
  if (!again && !isWhatIsNeeded) throw unknownShape()
  return { ...paging, entries, unknownName: name }
}

/** An empty array counts, and so does one with a single readable entry: either may be the list. */
async function onlyCandidate<Entry>(places: readonly Place[], { parse, isReadable }: ListKind<Entry>) {
  const candidates: (Place & { entries: Entry[] })[] = []
  for (const place of places) {
    const entries = await mapInSlices(place.list, parse)
    if (entries.length === 0 || entries.some(isReadable)) candidates.push({ ...place, entries })
  }
  const [only, other] = candidates
  if (!only || other) throw unknownShape()
  return only
}
