import 'server-only'
import * as z from 'zod/mini'
import type { Database } from '@/lib/db/database'
import { assignedNumberSchema } from './events'

export const numbersSchema = z.array(assignedNumberSchema)

export function readJson<S extends z.core.$ZodType>(schema: S, text: string): z.output<S> | null {
  try {
    const parsed = z.safeParse(schema, JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** One statement, so that a `keep` in between cannot mix two inventories. */
export function rowsOf({ queries }: Database, identity: string) {
  return queries
    .selectFrom('kept_inventories')
    .leftJoin('kept_accounts', 'kept_accounts.identity', 'kept_inventories.identity')
    .select(['read_at', 'account', 'numbers'])
    .where('kept_inventories.identity', '=', identity)
    .orderBy('account_id')
    .execute()
}

function accountsText(rows: readonly { account: string | null; numbers: string | null }[]): string {
  const accounts = rows.flatMap(({ account, numbers }) =>
    account === null || numbers === null ? [] : [`{"account":${account},"numbers":${numbers}}`],
  )
  return `[${accounts.join(',')}]`
}

/** How the inventory in `aside` differs from that of `identity`, as JSON text; null if there is none, or none that differs. */
async function asideText({ queries }: Database, identity: string, aside: string): Promise<string | null> {
  const there = await queries
    .selectFrom('kept_inventories')
    .select('read_at')
    .where('identity', '=', aside)
    .executeTakeFirst()
  if (!there) return null
  const other = (self: string, from: string) =>
    queries
      .selectFrom('kept_accounts as one')
      .leftJoin('kept_accounts as other', (join) =>
        join.onRef('other.account_id', '=', 'one.account_id').on('other.identity', '=', from),
      )
      .where('one.identity', '=', self)
  const differing = await other(aside, identity)
    .select(['one.account', 'one.numbers'])
    .where(({ eb, or, ref }) => or([eb('other.numbers', 'is', null), eb('other.numbers', '!=', ref('one.numbers'))]))
    .execute()
  const added = await other(identity, aside).select('one.account_id').where('other.account_id', 'is', null).execute()
  if (differing.length === 0 && added.length === 0) return null
  const ids = JSON.stringify(added.map(({ account_id }) => account_id))
  return `{"readAt":${JSON.stringify(there.read_at)},"accounts":${accountsText(differing)},"added":${ids}}`
}

export async function loadText(db: Database, identity: string, aside?: string): Promise<string | null> {
  const rows = await rowsOf(db, identity)
  const readAt = rows[0]?.read_at
  if (readAt === undefined) return null
  const before = aside === undefined ? null : await asideText(db, identity, aside)
  return `{"readAt":${JSON.stringify(readAt)},"accounts":${accountsText(rows)}${before ? `,"before":${before}` : ''}}`
}
