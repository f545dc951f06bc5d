import 'server-only'
import type { ProblemCode } from '@/lib/domain/problems/codes'
import { Problem } from '@/lib/server/http/problem'
import type { Shared } from '@/lib/server/process/shared'
import { type Rate, TokenBuckets } from '@/lib/server/process/token-buckets'

interface Most {
  identity: number
  process: number
}

/** How many may be under way at once in one process. */
const UNDER_WAY = {
  /** Readings of the list, for as many people as use one token, and CSV. */
  streams: { identity: 16, process: 500 },
  /** Stored inventories, each of which is whole in memory until it was sent: 12 MB for 50,000 numbers. */
  inventories: { identity: 4, process: 40 },
  scans: { identity: 4, process: 100 },
  listings: { identity: 1, process: 50 },
  pastes: { identity: 2, process: 20 },
  /** Confirmations whose use is being read. */
  uses: { identity: 16, process: 500 },
  diagnoses: { identity: 1, process: 10 },
  /** Of the use of many accounts: a long one finds unused numbers, and a batch’s confirmation needs one beside it. */
  useReadings: { identity: 2, process: 50 },
  /** Single returns, from their confirmation to their outcome. */
  returns: { identity: 20, process: 200 },
  /** Those who wait for the outcome of a confirmation that was sent again. */
  repeats: { identity: 60, process: 600 },
  /** Each sends `RETURN_CONCURRENCY` returns at once. */
  batches: { identity: 8, process: 100 },
} as const satisfies Record<string, Most>

/** How many may begin in a minute; so many may also begin at once. */
const A_MINUTE = {
  returns: { identity: 600, process: 6_000 },
  returnsByHand: { identity: 30, process: 600 },
  /** Each leaves rows that stay, also when it is undone at once. */
  batchesBegun: { identity: 30, process: 300 },
  /** Each leaves a row that stays. */
  protectionChanges: { identity: 120, process: 1_200 },
  /** Each may ask Vida 40 times. */
  diagnosesBegun: { identity: 6, process: 60 },
} as const satisfies Record<string, Most>

const CODES: Record<keyof typeof UNDER_WAY | keyof typeof A_MINUTE, ProblemCode> = {
  streams: 'too_many_requests',
  inventories: 'too_many_requests',
  scans: 'too_many_requests',
  listings: 'too_many_requests',
  pastes: 'too_many_requests',
  uses: 'too_many_requests',
  diagnoses: 'too_many_requests',
  useReadings: 'too_many_requests',
  returns: 'too_many_returns',
  repeats: 'return_in_progress',
  batches: 'too_many_returns',
  returnsByHand: 'too_many_returns',
  batchesBegun: 'too_many_returns',
  diagnosesBegun: 'too_many_requests',
  protectionChanges: 'too_many_requests',
}

/** What is under way ends within seconds, or is given up by its clients. */
const RETRY_SECONDS = 5

const IDENTITIES = 10_000

interface State {
  clock: { now: () => number }
  shared: Shared
}

interface Everywhere extends Pick<State, 'shared'> {
  limits: { begin: (key: string, most: number) => Promise<(() => Promise<void>) | null> }
}

/** Counts one more of that kind until the returned function is called. @throws Problem 429 with `Retry-After` */
export function take({ shared }: Pick<State, 'shared'>, kind: keyof typeof UNDER_WAY, identity: string): () => void {
  const counts = shared('budgets', () => new Map<string, number>())
  const budgets = [
    [kind, UNDER_WAY[kind].process],
    [`${kind} ${identity}`, UNDER_WAY[kind].identity],
  ] as const
  if (budgets.some(([key, most]) => (counts.get(key) ?? 0) >= most)) throw tooMany(kind, RETRY_SECONDS)
  const add = (change: 1 | -1) => {
    for (const [key] of budgets) {
      const count = (counts.get(key) ?? 0) + change
      if (count === 0) counts.delete(key)
      else counts.set(key, count)
    }
  }
  add(1)
  let taken = true
  return () => {
    if (taken) add(-1)
    taken = false
  }
}

/** As `take`, of all instances together. @throws Problem 429 with `Retry-After` */
export async function takeEverywhere(
  ctx: Everywhere,
  kind: keyof typeof UNDER_WAY,
  identity: string,
): Promise<() => Promise<void>> {
  const release = take(ctx, kind, identity)
  const end = await releasedOnFailure(release, ctx.limits.begin(`${kind} ${identity}`, UNDER_WAY[kind].identity))
  if (end === null) {
    release()
    throw tooMany(kind, RETRY_SECONDS)
  }
  return () => {
    release()
    return end()
  }
}

/** What `work` gives; if it fails, what was taken for it is released. */
export async function releasedOnFailure<T>(release: () => void, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    release()
    throw error
  }
}

/** @throws Problem 429 with `Retry-After` when too many of that kind began in the last minute. */
export function count({ shared, clock }: State, kind: keyof typeof A_MINUTE, identity: string): void {
  const buckets = shared('rates', () => new TokenBuckets(IDENTITIES))
  const { process, identity: each } = A_MINUTE[kind]
  const now = clock.now()
  const own = [`${kind} ${identity}`, perMinute(each)] as const
  let seconds = buckets.take(...own, now)
  if (seconds === 0) {
    seconds = buckets.take(kind, perMinute(process), now)
    if (seconds > 0) buckets.change(...own, 1, now)
  }
  if (seconds > 0) throw tooMany(kind, seconds)
}

function perMinute(size: number): Rate {
  return { size, perSecond: size / 60 }
}

function tooMany(kind: keyof typeof CODES, seconds: number): Problem {
  return new Problem(CODES[kind], { headers: { 'retry-after': String(seconds) } })
}
