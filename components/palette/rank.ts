import { fold, normalize, normalizedForms } from '@/lib/domain/text/normalize'

/** How well something answers a search: 0 is it, 1 begins or ends with it, 2 has a word that begins so, 3 contains it. */
const RANKS = [0, 1, 2, 3] as const
export type Rank = (typeof RANKS)[number]
export const CONTAINED: Rank = 3

const wordsOf = (text: string) =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** What a name and an id are found by. */
export interface Texts {
  forms: readonly string[]
  words: readonly string[]
}

export function textsOf(...texts: readonly (string | null)[]): Texts {
  const given = texts.filter((text) => text !== null)
  return { forms: given.flatMap(normalizedForms), words: given.flatMap(wordsOf) }
}

/** Ranks what contains every word of the search, in any order, without case and accents. null: it does not. */
export function rankTexts(search: string): (texts: Texts) => Rank | null {
  const whole = normalizedForms(search)
  const words = search.split(/\s+/).map(normalizedForms)
  const [first = ''] = wordsOf(search)
  return (texts) => {
    if (!words.every((word) => word.some((form) => texts.forms.some((text) => text.includes(form))))) return null
    if (texts.forms.some((text) => whole.includes(text))) return 0
    if (texts.forms.some((text) => whole.some((form) => text.startsWith(form)))) return 1
    return texts.words.some((word) => word.startsWith(first)) ? 2 : CONTAINED
  }
}

/** For a search that is digits and their punctuation: a number (E.164) that is it or ends with it comes first. */
export function rankNumber(search: string): (number: string) => Rank {
  const digits = normalize(search)
  if (!/^\d+$/.test(digits)) return () => CONTAINED
  return (number) => {
    if (number.length === digits.length + 1 && number.endsWith(digits)) return 0
    return number.endsWith(digits) ? 1 : number.startsWith(`+${digits}`) ? 2 : CONTAINED
  }
}

export interface Best<Item> {
  items: Item[]
  /** Of the first; null: none was found. */
  rank: Rank | null
  /** Others match, too. */
  more: boolean
}

/**
 * The `most` best items, in their order where they are equal. Looks no further once it has that many of the rank `ideal`.
 */
export function bestOf<Item>(
  items: Iterable<Item>,
  rankOf: (item: Item) => Rank | null,
  most: number,
  ideal: Rank = 0,
): Best<Item> {
  const byRank: Record<Rank, Item[]> = { 0: [], 1: [], 2: [], 3: [] }
  let left = 0
  for (const item of items) {
    const rank = rankOf(item)
    if (rank === null) continue
    if (byRank[rank].length < most) byRank[rank].push(item)
    else left += 1
    if (byRank[rank].length === most && left > 0 && rank === ideal) break
  }
  const found = RANKS.flatMap((rank) => byRank[rank])
  return {
    items: found.slice(0, most),
    rank: RANKS.find((rank) => byRank[rank].length > 0) ?? null,
    more: left > 0 || found.length > most,
  }
}
