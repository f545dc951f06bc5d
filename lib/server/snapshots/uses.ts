import 'server-only'
import { accountUseSchema } from '@/lib/domain/use/schema'
import type { AccountUse } from '@/lib/domain/use/use'
import type { Database } from '@/lib/server/db/database'
import { readJson } from './json'
import { pagesOf } from './pages'

/** What readings said of the use of accounts, as an identity sees it. Every method may throw DatabaseUnavailable. */
export interface Uses {
  /** Of each account the newest reading stays. */
  put(identity: string, uses: readonly AccountUse[]): Promise<void>
  /** Null: not read yet. */
  of(identity: string, accountId: string): Promise<AccountUse | null>
  /** JSON of each account's, in pages. */
  texts(identity: string): AsyncIterable<string[]>
}

/** Of one statement. */
const ROWS = 100

/** Of one account, those that were used last: of the others the account's own use is said. */
const MOST_NUMBERS = 1_000

export function createUses({ queries }: Database): Uses {
  return {
    async put(identity, uses) {
      // Two that write the same rows in one order never wait for each other.
      const rows = uses.map(rowOf).sort((a, b) => (a.account_id < b.account_id ? -1 : 1))
      for (let from = 0; from < rows.length; from += ROWS)
        await queries
          .insertInto('account_uses')
          .values(rows.slice(from, from + ROWS).map((row) => ({ ...row, identity })))
          .onConflict((conflict) =>
            conflict
              .columns(['identity', 'account_id'])
              .doUpdateSet(({ ref }) => ({ use: ref('excluded.use'), read_at: ref('excluded.read_at') }))
              .whereRef('account_uses.read_at', '<=', 'excluded.read_at'),
          )
          .execute()
    },
    async of(identity, accountId) {
      const row = await queries
        .selectFrom('account_uses')
        .select('use')
        .where(({ and }) => and({ identity, account_id: accountId }))
        .executeTakeFirst()
      return row ? readJson(accountUseSchema, row.use) : null
    },
    async *texts(identity) {
      const page = (after: string, limit: number) =>
        queries
          .selectFrom('account_uses')
          .select(['account_id', 'use'])
          .where('identity', '=', identity)
          .where('account_id', '>', after)
          .orderBy('account_id')
          .limit(limit)
          .execute()
      for await (const rows of pagesOf(page, ROWS)) yield rows.map(({ use }) => use)
    },
  }
}

function rowOf({ numbers, ...use }: AccountUse) {
  const entries = Object.entries(numbers)
  const last = ([, { lastUsedAt }]: (typeof entries)[number]) => lastUsedAt ?? ''
  const kept =
    entries.length > MOST_NUMBERS
      ? Object.fromEntries(entries.toSorted((a, b) => (last(a) > last(b) ? -1 : 1)).slice(0, MOST_NUMBERS))
      : numbers
  return { account_id: use.accountId, use: JSON.stringify({ ...use, numbers: kept }), read_at: use.readAt }
}
