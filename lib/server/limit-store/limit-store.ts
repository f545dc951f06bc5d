import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Database } from '@/lib/server/db/database'
import { isDatabaseFailing } from '@/lib/server/db/state'
import type { Tables } from '@/lib/server/db/tables'
import type { Shared } from '@/lib/server/process/shared'
import { DEEPEST, type Rate, TokenBuckets } from '@/lib/server/process/token-buckets'

/** What all instances on one PostgreSQL count together; on SQLite, and while the database fails, each process by itself. */
export interface Limits {
  /** Adds to a token bucket what time has refilled and `by`. @returns what is in it then */
  change(key: string, rate: Rate, by: number): Promise<number>
  /** Takes one from a token bucket, if there is one. @returns 0, or after how many seconds there will be one */
  take(key: string, rate: Rate): Promise<number>
  /** Counts one more under way until the returned function is called; null: `most` are. The process counts its own. */
  begin(key: string, most: number): Promise<(() => Promise<void>) | null>
  countEnded(now: number): Promise<number>
  /** @returns how many had ended. @throws DatabaseUnavailable, as `countEnded` */
  purge(now: number): Promise<number>
}

interface Parts {
  clock: { now: () => number }
  shared: Shared
}

const REMEMBERED = 10_000

/** What an instance that died had under way counts for so long. */
const LEASE_MS = 60_000

/** Keys hold clients' addresses. */
const hashed = (key: string): string => createHash('sha256').update(key).digest('base64url')

export function createLimits(db: Database, { clock, shared }: Parts): Limits {
  const { queries } = db
  const local = shared('limits', () => new TokenBuckets(REMEMBERED))

  /** Undefined: nobody else counts, or the database cannot be asked. */
  async function asked<Answer>(ask: (queries: Kysely<Tables>) => Promise<Answer>): Promise<Answer | undefined> {
    if (db.dialect === 'sqlite' || isDatabaseFailing()) return undefined
    return ask(queries).catch(() => undefined)
  }

  return {
    async change(key, rate, by) {
      const here = local.change(key, rate, by, clock.now())
      const everywhere = await asked((queries) => changeBucket(queries, key, rate, { by, least: DEEPEST }))
      return everywhere === undefined ? here : Math.min(here, everywhere ?? DEEPEST)
    },
    async take(key, rate) {
      const seconds = local.take(key, rate, clock.now())
      if (seconds > 0) return seconds
      const left = await asked((queries) => changeBucket(queries, key, rate, { by: -1, least: 0 }))
      if (left !== null) return 0
      local.change(key, rate, 1, clock.now())
      const rest = await asked((queries) => changeBucket(queries, key, rate, { by: 0, least: DEEPEST }))
      return Math.ceil((1 - Math.min(rest ?? 0, 0.99)) / rate.perSecond)
    },
    async begin(key, most) {
      for (let place = 1; place <= most; place += 1) {
        const lease = { key: hashed(`${key} ${place}`), holder: randomUUID() }
        const taken = await asked((queries) => takePlace(queries, lease))
        if (taken === undefined) return async () => {}
        if (!taken) continue
        const renewal = setInterval(() => void asked((queries) => renewPlace(queries, lease)), LEASE_MS / 3).unref()
        return async () => {
          clearInterval(renewal)
          await asked((queries) => leavePlace(queries, lease))
        }
      }
      return null
    },
    async countEnded(now) {
      const { count } = await queries
        .selectFrom('limits')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('until', '<=', Math.trunc(now))
        .executeTakeFirstOrThrow()
      return count
    },
    async purge(now) {
      const { numDeletedRows } = await queries
        .deleteFrom('limits')
        .where('until', '<=', Math.trunc(now))
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

/** By the clock of the database, Unix ms. */
const NOW = sql<number>`floor(extract(epoch from now()) * 1000)::bigint`

interface Change {
  by: number
  least: number
}

/** A bucket is stored as the time at which it will be full. @returns what is in it then; null: less than `least`, unchanged */
async function changeBucket(
  queries: Kysely<Tables>,
  key: string,
  { size, perSecond }: Rate,
  { by, least }: Change,
): Promise<number | null> {
  const msOf = (tokens: number) => sql<number>`${Math.round((tokens * 1000) / perSecond)}::bigint`
  const full = sql<number>`greatest(greatest(limits.until, ${NOW}) + ${msOf(-by)}, ${NOW})`
  const changed = await queries
    .insertInto('limits')
    .values({ key: hashed(key), until: sql<number>`${NOW} + greatest(${msOf(-by)}, 0)` })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({ until: full })
        .where(full, '<=', sql<number>`${NOW} + ${msOf(size - least)}`),
    )
    .returning(sql<number>`until - ${NOW}`.as('ms'))
    .executeTakeFirst()
  return changed ? size - (changed.ms * perSecond) / 1000 : null
}

const LEASE_END = sql<number>`${NOW} + ${LEASE_MS}::bigint`

/** `holder`: of this lease alone, as another may take the place once it has run out. */
interface Lease {
  key: string
  holder: string
}

async function takePlace(queries: Kysely<Tables>, lease: Lease): Promise<boolean> {
  const held = { holder: lease.holder, until: LEASE_END }
  const taken = await queries
    .insertInto('limits')
    .values({ key: lease.key, ...held })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(held).where('limits.until', '<=', NOW))
    .returning('key')
    .executeTakeFirst()
  return taken !== undefined
}

async function renewPlace(queries: Kysely<Tables>, { key, holder }: Lease): Promise<void> {
  const ours = queries.updateTable('limits').where('key', '=', key).where('holder', '=', holder)
  await ours.set({ until: LEASE_END }).execute()
}

async function leavePlace(queries: Kysely<Tables>, { key, holder }: Lease): Promise<void> {
  await queries.deleteFrom('limits').where('key', '=', key).where('holder', '=', holder).execute()
}
