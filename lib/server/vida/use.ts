import 'server-only'
import { VidaFailure } from './failure'
import { findList, type ListKind } from './find-list'
import { type ReadOptions, readJson, type Upstream } from './reader'
import { type ParsedEntry, parseUseEntry, type UseEntry } from './use-entry'

export type { UseEntry }

const MESSAGES = '/api/v2/messages/recent'
const LOGS = '/api/v2/logs'

/** The rules are the table “What is said of use” in docs/vida-api.md. */
export interface UseEntries {
  /** Those of the account that was asked for. */
  entries: UseEntry[]
  /** Whether they speak for the account as a whole. */
  isOfAccount: boolean
  /** No entry of the account is missing between its oldest one and now. */
  isWithoutGap: boolean
  /** Entries that state another account or number: Vida may not regard `targetAccountId`. */
  foreign: number
}

const PAGE_SIZE = 500

/** How far back logs are asked for: further than anybody asks for absence. */
const LOGS_MS = 400 * 86_400_000

const MESSAGE_LIST = { names: ['messages'], totals: [] }
const LOG_LIST = { names: ['logs'], totals: ['totalCount'] }

const hasTime = (entry: ParsedEntry) => entry.at !== null

/** @throws VidaFailure `unknown_shape`, also if no entry has a time */
async function entriesIn(
  value: unknown,
  { names, totals }: Pick<ListKind<ParsedEntry>, 'names' | 'totals'>,
  held: ReadonlySet<string>,
) {
  const parse = (entry: unknown) => parseUseEntry(entry, held)
  const list = await findList(value, { names, totals, parse, isReadable: hasTime })
  if (list.entries.length > 0 && !list.entries.some(hasTime)) throw new VidaFailure('unknown_shape', 200)
  return list
}

/** Only what leaves this folder. */
function withTime(entries: readonly ParsedEntry[]): UseEntry[] {
  return entries.flatMap(({ at, kind, number }) => (at === null ? [] : [{ at, kind, number }]))
}

/**
 * The account's newest calls and texts. `held`: its numbers, which alone show that an entry is its own; null: not known,
 * so that entries speak for their numbers alone. @throws VidaFailure, AbortError
 */
export async function readMessages(
  upstream: Upstream,
  accountId: string,
  held: ReadonlySet<string> | null,
  options: ReadOptions,
): Promise<UseEntries> {
  const value = await readJson(upstream, MESSAGES, { targetAccountId: accountId }, options)
  const { entries } = await entriesIn(value, MESSAGE_LIST, held ?? new Set())
  const own = entries.filter(({ number }) => number !== null && (held?.has(number) ?? true))
  const foreign = entries.filter(({ number }) => number !== null).length - own.length
  // A call or text without a number may be on any number of the account.
  const unplaced = entries.some(({ number, kind }) => number === null && kind !== null)
  const isOfAccount = held !== null
  // A number that is not in the list as last read may have come to the account since.
  const isWithoutGap = isOfAccount && !unplaced && foreign === 0 && own.every(hasTime)
  return { entries: withTime(own), isOfAccount, isWithoutGap, foreign }
}

function isNewestFirst(entries: readonly ParsedEntry[]): boolean {
  const falls = (entries.at(0)?.at ?? 0) > (entries.at(-1)?.at ?? 0)
  return falls && entries.every(({ at }, index) => at !== null && at <= (entries[index - 1]?.at ?? at))
}

/** What happened to the account up to `now` (Unix ms). @throws VidaFailure, AbortError */
export async function readLogs(
  upstream: Upstream,
  accountId: string,
  now: number,
  options: ReadOptions,
): Promise<UseEntries> {
  const seconds = (ms: number) => String(Math.trunc(ms / 1000))
  const span = { start: seconds(now - LOGS_MS), end: seconds(now) }
  const query = { targetAccountId: accountId, ...span, pageSize: String(PAGE_SIZE) }
  const { entries, total, more } = await entriesIn(await readJson(upstream, LOGS, query, options), LOG_LIST, new Set())
  const own = entries.filter((entry) => entry.accountId === accountId)
  const foreign = entries.filter((entry) => entry.accountId !== null).length - own.length
  const isWhole = more !== true && (more === false || total !== null) && (total ?? 0) <= entries.length
  // The order is not documented: of a part in another one the newest entries may be missing.
  if (!isWhole && !isNewestFirst(entries)) return { entries: [], isOfAccount: true, isWithoutGap: false, foreign }
  const isWithoutGap = own.every(hasTime) && entries.every((entry) => entry.accountId !== null)
  return { entries: withTime(own), isOfAccount: true, isWithoutGap, foreign }
}

/** Documented of the logs: “Conversation logs service not available”. */
export function isUseNotOffered({ status, vidaMessage }: VidaFailure): boolean {
  return status === 404 || (status === 503 && /not available/i.test(vidaMessage ?? ''))
}
