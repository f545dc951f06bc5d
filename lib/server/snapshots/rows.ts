import 'server-only'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { AccountNumbers } from '@/lib/domain/accounts/account'
import type { SnapshotAccounts, SnapshotKind, Snapshots, Tables } from '@/lib/server/db/tables'

export type Queries = Kysely<Tables>

const CHUNK = 250

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

/** Only a chunk is in memory at a time; no account is twice in one. */
function* chunksOf(key: Key, accounts: Iterable<AccountNumbers>): Generator<SnapshotAccounts[]> {
  const chunk = new Map<string, SnapshotAccounts>()
  for (const { account, numbers } of accounts) {
    const texts = { account: JSON.stringify(account), numbers: JSON.stringify(numbers) }
    chunk.set(account.id, { ...key, account_id: account.id, ...texts })
    if (chunk.size < CHUNK) continue
    yield [...chunk.values()]
    chunk.clear()
  }
  if (chunk.size > 0) yield [...chunk.values()]
}

/** An account that is given twice counts once, as it was given last. */
export async function putAccounts(trx: Queries, key: Key, accounts: Iterable<AccountNumbers>): Promise<void> {
  for (const rows of chunksOf(key, accounts)) {
    await trx
      .insertInto('snapshot_accounts')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['identity', 'kind', 'account_id'])
          .doUpdateSet(({ ref }) => ({ account: ref('excluded.account'), numbers: ref('excluded.numbers') })),
      )
      .execute()
    await yieldToOthers()
  }
}

export async function moveAccounts(trx: Queries, { identity, kind }: Key, to: SnapshotKind): Promise<void> {
  await trx
    .updateTable('snapshot_accounts')
    .set({ kind: to })
    .where(({ and }) => and({ identity, kind }))
    .execute()
}

export async function deleteAccounts(trx: Queries, { identity, kind }: Key): Promise<void> {
  await trx
    .deleteFrom('snapshot_accounts')
    .where(({ and }) => and({ identity, kind }))
    .execute()
}
