import 'server-only'
import * as z from 'zod/mini'
import { assignedNumberSchema } from '@/lib/domain/accounts/account'
import type { Database } from '@/lib/server/db/database'

export const numbersSchema = z.array(assignedNumberSchema)

export function readJson<S extends z.core.$ZodType>(schema: S, text: string): z.output<S> | null {
  try {
    const parsed = z.safeParse(schema, JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function accountsText(rows: readonly { account: string | null; numbers: string | null }[]): string {
  const accounts = rows.flatMap(({ account, numbers }) =>
    account === null || numbers === null ? [] : [`{"account":${account},"numbers":${numbers}}`],
  )
  return `[${accounts.join(',')}]`
}

/** How the inventory in `aside`, read at `readAt`, differs from that of `identity`, as JSON text; null if it does not. */
async function asideText(
  { queries }: Database,
  identity: string,
  { aside, readAt }: { aside: string; readAt: string },
): Promise<string | null> {
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
  return `{"readAt":${JSON.stringify(readAt)},"accounts":${accountsText(differing)},"added":${ids}}`
}

/** When the inventories in these slots were read; null: there is none. */
async function timesOf({ queries }: Database, ...slots: string[]): Promise<(string | null)[]> {
  const rows = await queries
    .selectFrom('kept_inventories')
    .select(['identity', 'read_at'])
    .where('identity', 'in', slots)
    .execute()
  return slots.map((slot) => rows.find(({ identity }) => identity === slot)?.read_at ?? null)
}

/** An inventory as one moment shows it: in one statement, so that a `keep` in between cannot mix two. */
async function inventoryText({ queries }: Database, identity: string) {
  const rows = await queries
    .selectFrom('kept_inventories')
    .leftJoin('kept_accounts', 'kept_accounts.identity', 'kept_inventories.identity')
    .select(['read_at', 'account', 'numbers'])
    .where('kept_inventories.identity', '=', identity)
    .orderBy('account_id')
    .execute()
  const readAt = rows[0]?.read_at
  if (readAt === undefined) return null
  return { readAt, text: `"readAt":${JSON.stringify(readAt)},"accounts":${accountsText(rows)}` }
}

/**
 * Reads an inventory, and how what stands aside differs from it, as JSON text. The second takes several statements: if either
 * inventory was replaced meanwhile, all is read again, and after a second time no difference is told.
 */
export async function loadText(db: Database, identity: string, aside?: string): Promise<string | null> {
  for (let again = false; ; again = true) {
    const inventory = await inventoryText(db, identity)
    if (inventory === null) return null
    const { readAt, text } = inventory
    const [asideAt = null] = aside === undefined ? [] : await timesOf(db, aside)
    if (aside === undefined || asideAt === null) return `{${text}}`
    const difference = await asideText(db, identity, { aside, readAt: asideAt })
    const [now, asideNow] = await timesOf(db, identity, aside)
    if (now === readAt && asideNow === asideAt) return `{${text}${difference ? `,"before":${difference}` : ''}}`
    if (again) return `{${text}}`
  }
}
