import 'server-only'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { AccountNumbers, AssignedNumber } from '@/lib/domain/accounts/account'
import type { SeenIn } from '@/lib/domain/inventory/events'
import type { Database } from '@/lib/server/db/database'
import type { Tables } from '@/lib/server/db/tables'
import { carrySeen, seenSince } from './seen'

const CHUNK = 250
const MOST_IDENTITIES = 200

/** A reading whose numbers are noted as they pass by. */
interface WatchedReading {
  holdings: Iterable<AccountNumbers>
  /** Writes down what passed by. */
  write(how: { complete: boolean }): Promise<void>
}

/**
 * Since when each number has been seen in each account, as one identity's readings show it: a number that moved, or was
 * away at any reading of its account, begins anew. Another token of the same account is another identity, which may see
 * other things and is told nothing of what this one saw: it begins anew, too, and says “at least”. Times are ISO 8601, UTC. Throws DatabaseUnavailable.
 */
export interface SeenNumbers {
  watch(identity: string, holdings: Iterable<AccountNumbers>, now?: string): Promise<WatchedReading>
  /** A complete inventory was kept: whatever account it lacks is gone. */
  whole(identity: string, now?: string): Promise<void>
  /** One account was read by itself. */
  reread(identity: string, accountId: string, numbers: readonly AssignedNumber[], now?: string): Promise<void>
  /** The accounts that hold a number (E.164). */
  of(identity: string, number: string): Promise<SeenIn[]>
}

type Queries = Kysely<Tables>

const instant = () => new Date().toISOString()

function numbersIn(numbers: readonly AssignedNumber[]): string[] {
  return numbers.map(({ number }) => number)
}

async function put(trx: Queries, identity: string, changed: ReadonlyMap<string, string>): Promise<void> {
  const rows = [...changed].map(([account_id, since]) => ({ identity, account_id, since }))
  for (let from = 0; from < rows.length; from += CHUNK) {
    await trx
      .insertInto('seen_accounts')
      .values(rows.slice(from, from + CHUNK))
      .onConflict((conflict) =>
        conflict.columns(['identity', 'account_id']).doUpdateSet(({ ref }) => ({ since: ref('excluded.since') })),
      )
      .execute()
    await breathe()
  }
}

interface Reading {
  identity: string
  now: string
  complete: boolean
  /** By account, what is different from before. */
  changed: ReadonlyMap<string, string>
}

async function note({ queries }: Database, { identity, now, complete, changed }: Reading): Promise<void> {
  await queries.transaction().execute(async (trx) => {
    // First, so that two instances that write for the same identity come one after the other.
    await trx
      .insertInto('seen_identities')
      .values({ identity, first_at: complete ? now : null, last_at: now })
      .onConflict((conflict) =>
        conflict.column('identity').doUpdateSet(({ ref, fn }) => ({
          first_at: fn.coalesce(ref('seen_identities.first_at'), ref('excluded.first_at')),
          last_at: ref('excluded.last_at'),
        })),
      )
      .execute()
    await put(trx, identity, changed)
    if (!complete) return
    const kept = trx.selectFrom('kept_accounts').select('account_id').where('identity', '=', identity)
    await trx.deleteFrom('seen_accounts').where('identity', '=', identity).where('account_id', 'not in', kept).execute()
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

async function watch(db: Database, identity: string, holdings: Iterable<AccountNumbers>, now: string) {
  const rows = await db.queries
    .selectFrom('seen_accounts')
    .select(['account_id', 'since'])
    .where('identity', '=', identity)
    .execute()
  const before = new Map(rows.map(({ account_id, since }) => [account_id, since]))
  // Only what is different: at most readings nearly everything stays as it was, and nothing has to be written.
  const changed = new Map<string, string>()
  function* passing() {
    for (const holding of holdings) {
      const { id } = holding.account
      const known = before.get(id)
      const since = carrySeen(known, numbersIn(holding.numbers), now)
      if (since === known) changed.delete(id)
      else changed.set(id, since)
      yield holding
    }
  }
  const write = async ({ complete }: { complete: boolean }) => {
    await note(db, { identity, now, complete, changed })
    await dropOldest(db)
  }
  return { holdings: passing(), write }
}

export function createSeenNumbers(db: Database): SeenNumbers {
  const { queries } = db
  return {
    watch: (identity, holdings, now = instant()) => watch(db, identity, holdings, now),
    whole: (identity, now = instant()) => note(db, { identity, now, complete: true, changed: new Map() }),
    async reread(identity, accountId, numbers, now = instant()) {
      const row = await queries
        .selectFrom('seen_accounts')
        .select('since')
        .where('identity', '=', identity)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      const since = carrySeen(row?.since, numbersIn(numbers), now)
      if (since === row?.since) return
      await note(db, { identity, now, complete: false, changed: new Map([[accountId, since]]) })
    },
    async of(identity, number) {
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
