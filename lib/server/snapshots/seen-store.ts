import 'server-only'
import type { AssignedNumber } from '@/lib/domain/accounts/account'
import type { SeenIn } from '@/lib/domain/inventory/events'
import type { Database } from '@/lib/server/db/database'
import { now } from '@/lib/server/process/clock'
import { inSlices, turn } from '@/lib/server/process/slices'
import type { Accounts, Queries, ReadAccount } from './rows'
import { carrySeen, seenSince } from './seen'

const CHUNK = 100
const MOST_IDENTITIES = 200

const timeNow = () => new Date(now()).toISOString()

const numbersIn = (numbers: readonly AssignedNumber[]) => numbers.map(({ number }) => number)

interface Reading {
  identity: string
  now: string
  complete: boolean
  /** By account, what is different from before, and when that was read. */
  changed: ReadonlyMap<string, { since: string; readAt: string }>
}

/** The accounts that were read again since, whose numbers are in a snapshot already. */
async function readLater(
  trx: Queries,
  identity: string,
  rows: readonly { account_id: string; readAt: string }[],
): Promise<ReadonlySet<string>> {
  const stored = await trx
    .selectFrom('snapshots')
    .innerJoin('snapshot_accounts', 'snapshot_id', 'id')
    .select(['account_id', 'snapshot_accounts.read_at'])
    .where('identity', '=', identity)
    .where('kind', 'in', ['current', 'partial'])
    .where(
      'account_id',
      'in',
      rows.map(({ account_id }) => account_id),
    )
    .execute()
  const readAt = new Map(rows.map((row) => [row.account_id, row.readAt]))
  return new Set(stored.flatMap((row) => (row.read_at > (readAt.get(row.account_id) ?? '') ? [row.account_id] : [])))
}

/** In small transactions; the first complete reading counts as such once all of it is there. */
async function write({ queries }: Database, { identity, now, complete, changed }: Reading): Promise<void> {
  const note = async (trx: Queries, first_at: string | null) => {
    // First, so that two instances that write for the same identity come one after the other.
    await trx
      .insertInto('seen_identities')
      .values({ identity, first_at, last_at: now })
      .onConflict((conflict) =>
        conflict.column('identity').doUpdateSet(({ ref, fn }) => ({
          first_at: fn.coalesce(ref('seen_identities.first_at'), ref('excluded.first_at')),
          last_at: ref('excluded.last_at'),
        })),
      )
      .execute()
  }
  const rows = [...changed].map(([account_id, read]) => ({ account_id, ...read }))
  const chunks = Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, nth) =>
    rows.slice(nth * CHUNK, (nth + 1) * CHUNK),
  )
  for await (const chunk of inSlices(chunks))
    await queries.transaction().execute(async (trx) => {
      await note(trx, null)
      const later = await readLater(trx, identity, chunk)
      const values = chunk.filter(({ account_id }) => !later.has(account_id))
      if (values.length === 0) return
      await trx
        .insertInto('seen_accounts')
        .values(values.map(({ account_id, since }) => ({ identity, account_id, since })))
        .onConflict((conflict) =>
          conflict.columns(['identity', 'account_id']).doUpdateSet(({ ref }) => ({ since: ref('excluded.since') })),
        )
        .execute()
    })
  await queries.transaction().execute(async (trx) => {
    await note(trx, complete ? now : null)
    if (!complete) return
    const current = trx
      .selectFrom('snapshots')
      .innerJoin('snapshot_accounts', 'snapshot_id', 'id')
      .select('account_id')
      .where(({ and }) => and({ identity, kind: 'current' }))
    await trx
      .deleteFrom('seen_accounts')
      .where('identity', '=', identity)
      .where('account_id', 'not in', current)
      .execute()
  })
}

async function dropOldest({ queries }: Database): Promise<void> {
  const surplus = await queries
    .selectFrom('seen_identities')
    .select('identity')
    .orderBy('last_at', 'desc')
    .orderBy('identity')
    .limit(MOST_IDENTITIES)
    .offset(MOST_IDENTITIES)
    .execute()
  for (const { identity } of surplus) {
    await queries.deleteFrom('seen_identities').where('identity', '=', identity).execute()
  }
}

export type Read = ReadAccount & { readAt: string }

/**
 * Since when each number has been seen in each account of an identity. One that moved, or that a reading of its account
 * lacked, begins anew. Another token of the same account is another identity. Throws DatabaseUnavailable.
 */
export function createSeenNumbers(db: Database) {
  const { queries } = db
  return {
    /** Notes the numbers while the accounts are iterated; `write` saves them. */
    async watch(identity: string, accounts: Accounts, begunAt: string) {
      const now = timeNow()
      const rows = await queries
        .selectFrom('seen_accounts')
        .select(['account_id', 'since'])
        .where('identity', '=', identity)
        .execute()
      const before = new Map(rows.map(({ account_id, since }) => [account_id, since]))
      // At most readings nearly everything stays as it was.
      const changed = new Map<string, { since: string; readAt: string }>()
      async function* watched(): AsyncGenerator<Read, void, undefined> {
        for await (const each of accounts) {
          const { id } = each.account
          const known = before.get(id)
          await turn()
          const since = carrySeen(known, numbersIn(each.numbers), now)
          const { readAt = begunAt } = each
          if (since === known) changed.delete(id)
          else changed.set(id, { since, readAt })
          yield { ...each, readAt }
        }
      }
      return {
        accounts: watched(),
        write: async ({ complete }: { complete: boolean }) => {
          await write(db, { identity, now, complete, changed })
          await dropOldest(db)
        },
      }
    },

    /** After a partial snapshot became the current one: an account that it lacks is gone. */
    dropMissing: (identity: string) => write(db, { identity, now: timeNow(), complete: true, changed: new Map() }),

    async reread(identity: string, accountId: string, numbers: readonly AssignedNumber[], readAt: string) {
      const now = timeNow()
      const row = await queries
        .selectFrom('seen_accounts')
        .select('since')
        .where('identity', '=', identity)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      const since = carrySeen(row?.since, numbersIn(numbers), now)
      if (since === row?.since) return
      await write(db, { identity, now, complete: false, changed: new Map([[accountId, { since, readAt }]]) })
    },

    async of(identity: string, number: string): Promise<SeenIn[]> {
      if (!/^\+\d+$/.test(number)) return []
      const rows = await queries
        .selectFrom('seen_accounts')
        .innerJoin('seen_identities', 'seen_identities.identity', 'seen_accounts.identity')
        .select(['account_id', 'since', 'first_at'])
        .where('seen_accounts.identity', '=', identity)
        .where('since', 'like', `%"${number}"%`)
        .orderBy('account_id')
        .execute()
      return rows.flatMap(({ account_id, since: text, first_at }) => {
        const since = seenSince(text, number)
        return since === null ? [] : [{ accountId: account_id, since, atLeast: first_at === null || since <= first_at }]
      })
    },
  }
}
