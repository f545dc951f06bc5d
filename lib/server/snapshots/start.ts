import 'server-only'
import * as z from 'zod/mini'
import { type Account, accountSchema } from '@/lib/domain/accounts/account'
import type { Snapshot } from '@/lib/domain/inventory/events'
import { byOrganization } from '@/lib/domain/inventory/sort'
import type { Database } from '@/lib/server/db/database'
import { numbersSchema, readJson } from './json'
import type { Accounts, ReadAccount } from './rows'

/** More than a window shows at once. */
const ROWS = 60

/** Looks which of the accounts that pass, in any order, the list begins with. */
export function watchStart(accounts: Accounts) {
  const first: { account: Account; count: number }[] = []
  let rows = 0
  const note = ({ account, numbers }: ReadAccount) => {
    const last = first.at(-1)
    const count = numbers.length
    if (count === 0 || (last && rows >= ROWS && byOrganization(last, { account }) < 0)) return
    const place = first.findIndex((each) => byOrganization({ account }, each) < 0)
    first.splice(place < 0 ? first.length : place, 0, { account, count })
    rows += count
    for (let end = first.at(-1); end && rows - end.count >= ROWS; end = first.at(-1)) {
      rows -= end.count
      first.pop()
    }
  }
  async function* watched() {
    for await (const each of accounts) {
      note(each)
      yield each
    }
  }
  return { accounts: watched(), ids: () => first.map(({ account }) => account.id) }
}

const idsSchema = z.array(z.string())

/**
 * The current snapshot as far as its first rows reach, with accounts in the order of the list; null: not known, or one of
 * its numbers may be in two accounts.
 */
export async function startOf({ queries }: Database, identity: string): Promise<Snapshot | null> {
  const current = await queries
    .selectFrom('snapshots')
    .select(['id', 'read_at', 'first_accounts'])
    .where(({ and }) => and({ identity, kind: 'current' }))
    .executeTakeFirst()
  const ids = current?.first_accounts ? (readJson(idsSchema, current.first_accounts) ?? []) : []
  if (!current || ids.length === 0) return null
  const stored = await queries
    .selectFrom('snapshot_accounts')
    .select(['account', 'numbers'])
    .where('snapshot_id', '=', current.id)
    .where('account_id', 'in', ids)
    .execute()
  const read = stored.flatMap((row) => {
    const account = readJson(accountSchema, row.account)
    const numbers = readJson(numbersSchema, row.numbers)
    return account && numbers ? [{ account, numbers }] : []
  })
  const accounts: Snapshot['accounts'] = []
  let room = ROWS
  for (const { account, numbers } of read.sort(byOrganization)) {
    const first = numbers.sort((a, b) => (a.number < b.number ? -1 : 1)).slice(0, room)
    room -= first.length
    if (first.length > 0) accounts.push({ account, numbers: first })
  }
  const shown = accounts.flatMap(({ numbers }) => numbers.map(({ number }) => number))
  if (shown.length === 0) return null
  // Only the whole list tells that another account holds one, too, and that it can't be returned.
  const twice = await queries
    .selectFrom('snapshot_numbers')
    .select('number')
    .where('snapshot_id', '=', current.id)
    .where('number', 'in', shown)
    .groupBy('number')
    .having(({ fn }) => fn.countAll(), '>', 1)
    .executeTakeFirst()
  return twice ? null : { readAt: current.read_at, accounts }
}
