import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { AccountNumbers } from '@/lib/domain/accounts/account'
import type { SnapshotAccounts, SnapshotKind, Snapshots, Tables } from '@/lib/server/db/tables'
import { turns } from '@/lib/server/process/slices'

export type Queries = Kysely<Tables>

/** Locks a snapshot's row until the transaction ends. Several are locked in the order partial, current, baseline. */
export async function lock(trx: Queries, identity: string, kind: SnapshotKind) {
  return trx
    .updateTable('snapshots')
    .set(({ ref }) => ({ read_at: ref('read_at') }))
    .where(({ and }) => and({ identity, kind }))
    .returning(['read_at', 'missing'])
    .executeTakeFirst()
}

/** @returns false if a row that was read later is there, which stays */
export async function putRow(trx: Queries, row: Snapshots): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('snapshots')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['identity', 'kind'])
        .doUpdateSet({ read_at: row.read_at, missing: row.missing })
        .where('snapshots.read_at', '<=', row.read_at),
    )
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows !== 0n
}

type Key = Pick<SnapshotAccounts, 'identity' | 'kind'>

export type Accounts = Iterable<AccountNumbers> | AsyncIterable<AccountNumbers>

/** Of one statement: rows, and characters, after which there is no other row in it. */
const CHUNK = { rows: 100, size: 128 * 1024 }

/** An account that is given twice counts once, as it was given last. Only a chunk is in memory at a time. */
export async function putAccounts(trx: Queries, key: Key, accounts: Accounts): Promise<void> {
  const turn = turns()
  const chunk = new Map<string, SnapshotAccounts>()
  let size = 0
  const put = async () => {
    await turn()
    await putChunk(trx, [...chunk.values()])
    chunk.clear()
    size = 0
  }
  for await (const { account, numbers } of accounts) {
    await turn()
    const row = { ...key, account_id: account.id, account: JSON.stringify(account), numbers: JSON.stringify(numbers) }
    chunk.set(account.id, row)
    size += row.numbers.length
    if (chunk.size >= CHUNK.rows || size >= CHUNK.size) await put()
  }
  if (chunk.size > 0) await put()
}

async function putChunk(trx: Queries, rows: SnapshotAccounts[]): Promise<void> {
  await trx
    .insertInto('snapshot_accounts')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['identity', 'kind', 'account_id'])
        .doUpdateSet(({ ref }) => ({ account: ref('excluded.account'), numbers: ref('excluded.numbers') })),
    )
    .execute()
}

/** Calls `change` with the ids of one chunk of the snapshot's accounts after the other. */
async function eachChunk(trx: Queries, key: Key, change: (ids: string[]) => Promise<unknown>): Promise<void> {
  const turn = turns()
  for (let after = ''; ; ) {
    const rows = await trx
      .selectFrom('snapshot_accounts')
      .select('account_id')
      .where(({ and }) => and(key))
      .where('account_id', '>', after)
      .orderBy('account_id')
      .limit(CHUNK.rows)
      .execute()
    const ids = rows.map(({ account_id }) => account_id)
    if (ids.length === 0) return
    await change(ids)
    after = ids.at(-1) ?? after
    await turn()
  }
}

export async function moveAccounts(trx: Queries, { identity, kind }: Key, to: SnapshotKind): Promise<void> {
  await eachChunk(trx, { identity, kind }, (ids) =>
    trx
      .updateTable('snapshot_accounts')
      .set({ kind: to })
      .where(({ and }) => and({ identity, kind }))
      .where('account_id', 'in', ids)
      .execute(),
  )
}

export async function copyAccounts(trx: Queries, { identity, kind }: Key, to: SnapshotKind): Promise<void> {
  await eachChunk(trx, { identity, kind }, (ids) =>
    trx
      .insertInto('snapshot_accounts')
      .columns(['identity', 'kind', 'account_id', 'account', 'numbers'])
      .expression(({ selectFrom }) =>
        selectFrom('snapshot_accounts')
          .select(['identity', sql.lit(to).as('kind'), 'account_id', 'account', 'numbers'])
          .where(({ and }) => and({ identity, kind }))
          .where('account_id', 'in', ids),
      )
      .execute(),
  )
}

export async function deleteAccounts(trx: Queries, { identity, kind }: Key): Promise<void> {
  await eachChunk(trx, { identity, kind }, (ids) =>
    trx
      .deleteFrom('snapshot_accounts')
      .where(({ and }) => and({ identity, kind }))
      .where('account_id', 'in', ids)
      .execute(),
  )
}
