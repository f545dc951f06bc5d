import 'server-only'
import type { Database } from '@/lib/server/db/database'

/** What Vida was found to do, as one identity sees it. */
export type Fact = 'inactive_listed' | 'numbers_offered' | 'messages_offered' | 'logs_offered'

/** A finding is trusted for a day, as Vida may change. Every method may throw DatabaseUnavailable. */
export interface Findings {
  /** Null: not known. */
  find(identity: string, fact: Fact): Promise<boolean | null>
  /** @param at when it was seen, Unix ms; what was seen later stays */
  note(identity: string, fact: Fact, value: boolean, at: number): Promise<void>
  countExpired(): Promise<number>
  /** @returns how many had expired */
  purge(): Promise<number>
}

const DAY_MS = 86_400_000

export function createFindings({ queries }: Database, clock: { now: () => number }): Findings {
  const now = () => Math.trunc(clock.now())
  const purge = async () => {
    const { numDeletedRows } = await queries
      .deleteFrom('findings')
      .where('found_at', '<=', now() - DAY_MS)
      .executeTakeFirstOrThrow()
    return Number(numDeletedRows)
  }
  return {
    async find(identity, fact) {
      const row = await queries
        .selectFrom('findings')
        .select('value')
        .where(({ and }) => and({ identity, fact }))
        .where('found_at', '>', now() - DAY_MS)
        // One of the future was written by a clock that was wrong.
        .where('found_at', '<=', now())
        .executeTakeFirst()
      return row ? row.value === 'yes' : null
    },
    async note(identity, fact, value, at) {
      await purge()
      await queries
        .insertInto('findings')
        .values({ identity, fact, value: value ? 'yes' : 'no', found_at: Math.trunc(at) })
        .onConflict((conflict) =>
          conflict
            .columns(['identity', 'fact'])
            .doUpdateSet(({ ref }) => ({ value: ref('excluded.value'), found_at: ref('excluded.found_at') }))
            .where(({ eb, or, ref }) =>
              or([eb('findings.found_at', '<=', ref('excluded.found_at')), eb('findings.found_at', '>', now())]),
            ),
        )
        .execute()
    },
    async countExpired() {
      const { count } = await queries
        .selectFrom('findings')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('found_at', '<=', now() - DAY_MS)
        .executeTakeFirstOrThrow()
      return count
    },
    purge,
  }
}
