import type { AccountNumbers } from '@/lib/domain/accounts/account'
import type { Database } from '@/lib/server/db/database'
import type { ReadAccount } from '@/lib/server/snapshots/rows'
import { createSnapshots } from '@/lib/server/snapshots/snapshots'
import type { PartReading } from '@/lib/server/snapshots/write'

export const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 10, minute)).toISOString()

export function part(name: string, startedAt: string, holdings: ReadAccount[], missing: string[] = []): PartReading {
  const ids = holdings.map(({ account }) => account.id)
  return { part: name, startedAt, holdings: { all: () => holdings, ids: () => ids }, missing }
}

export const WHOLE = { complete: true, missing: [] }
export const lacking = (...missing: string[]) => ({ complete: false, missing })

export async function current(db: Database): Promise<[string, Record<string, string[]>] | null> {
  const text = await createSnapshots(db).loadText('me')
  if (!text) return null
  const { readAt, accounts }: { readAt: string; accounts: AccountNumbers[] } = JSON.parse(text)
  return [
    readAt,
    Object.fromEntries(accounts.map(({ account, numbers }) => [account.id, numbers.map((n) => n.number)])),
  ]
}

export async function seen(db: Database, number: string) {
  const found = await createSnapshots(db).seenSince('me', number)
  return found.map(({ accountId, since, atLeast }) => `${accountId} since ${atLeast ? 'at least ' : ''}${since}`)
}

/** The same database; after its `nth` query from now on, `act` comes in between. */
export function interrupted(db: Database, nth: (query: number) => boolean, act: () => Promise<unknown>): Database {
  let count = 0
  const queries = db.queries.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      count += 1
      if (nth(count)) await act()
      return result
    },
  })
  return { ...db, queries }
}
