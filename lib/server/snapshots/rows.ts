import 'server-only'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { AccountNumbers } from '@/lib/domain/accounts/account'
import type { Database } from '@/lib/server/db/database'
import type { SnapshotAccounts, Snapshots, Tables } from '@/lib/server/db/tables'
import { inSlices, turns } from '@/lib/server/process/slices'

export type Queries = Kysely<Tables>
export type Stored = Selectable<Snapshots>

/** Locks all snapshots of an identity until the transaction ends; whoever changes one does so under this lock. */
export async function lockAll({ dialect }: Database, trx: Queries, identity: string): Promise<Stored[]> {
  return (
    trx
      .selectFrom('snapshots')
      .selectAll()
      .where('identity', '=', identity)
      .where('kind', '!=', 'unused')
      // Two that lock several rows in one order never wait for each other.
      .orderBy('id')
      .$if(dialect === 'postgres', (query) => query.forUpdate())
      .execute()
  )
}

export function ofKind(snapshots: readonly Stored[], kind: Stored['kind']): Stored | undefined {
  return snapshots.find((each) => each.kind === kind)
}

export async function change(trx: Queries, id: number, values: Partial<Omit<Stored, 'id'>>): Promise<void> {
  await trx.updateTable('snapshots').set(values).where('id', '=', id).execute()
}

/** Of one transaction: rows, and characters, after which there is no other row in it. */
const PIECE = { rows: 100, size: 128 * 1024 }

async function take<Row extends { numbers: string }>(source: AsyncGenerator<Row>) {
  const rows: Row[] = []
  for (let size = 0; rows.length < PIECE.rows && size < PIECE.size; ) {
    const { done, value } = await source.next()
    if (done) return { rows, ended: true }
    rows.push(value)
    size += value.numbers.length
  }
  return { rows, ended: false }
}

/**
 * Calls `put` with some rows in a transaction of their own, again and again, so that others wait for a piece alone. It
 * ends early when `put` returns false. @returns whether all were put
 */
export async function putInPieces<Row extends { numbers: string }>(
  db: Database,
  identity: string,
  source: AsyncGenerator<Row>,
  put: (trx: Queries, snapshots: readonly Stored[], rows: Row[]) => Promise<boolean>,
): Promise<boolean> {
  let ended = false
  const piece = () =>
    db.queries.transaction().execute(async (trx) => {
      const snapshots = await lockAll(db, trx, identity)
      // Read under the lock: an account that is read again now is in these rows already, or changes them afterwards.
      const taken = await take(source)
      ended = taken.ended
      return put(trx, snapshots, taken.rows)
    })
  async function* pieces() {
    while (!ended) yield await piece()
  }
  for await (const wasPut of inSlices(pieces())) if (!wasPut) return false
  return true
}

export type Accounts = Iterable<AccountNumbers> | AsyncIterable<AccountNumbers>

async function* rowsOf(accounts: Accounts) {
  const turn = turns()
  for await (const { account, numbers } of accounts) {
    await turn()
    yield { account_id: account.id, account: JSON.stringify(account), numbers: JSON.stringify(numbers) }
  }
}

/** An account that is given twice counts once, as it was given last. @returns false once `to` is of another kind */
export async function putAccounts(
  db: Database,
  to: Pick<Stored, 'identity' | 'id' | 'kind'>,
  accounts: Accounts,
): Promise<boolean> {
  return putInPieces(db, to.identity, rowsOf(accounts), async (trx, snapshots, rows) => {
    if (!snapshots.some(({ id, kind }) => id === to.id && kind === to.kind)) return false
    const unique = new Map(rows.map((row) => [row.account_id, { ...row, snapshot_id: to.id }]))
    if (unique.size > 0) await putRows(trx, [...unique.values()])
    return true
  })
}

async function putRows(trx: Queries, rows: SnapshotAccounts[]): Promise<void> {
  await trx
    .insertInto('snapshot_accounts')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['snapshot_id', 'account_id'])
        .doUpdateSet(({ ref }) => ({ account: ref('excluded.account'), numbers: ref('excluded.numbers') })),
    )
    .execute()
}

/** In small transactions. Whoever publishes the copy looks whether `from` is still what it was. */
export async function copyAccounts(db: Database, from: number, to: Pick<Stored, 'identity' | 'id'>): Promise<void> {
  const { queries } = db
  async function* pieces() {
    for (let after = ''; ; ) {
      const source = queries
        .selectFrom('snapshot_accounts')
        .where('snapshot_id', '=', from)
        .where('account_id', '>', after)
      const ids = await source.select('account_id').orderBy('account_id').limit(PIECE.rows).execute()
      const last = ids.at(-1)?.account_id
      if (last === undefined) return
      const rows = source
        .where('account_id', '<=', last)
        .select([sql.lit(to.id).as('snapshot_id'), 'account_id', 'account', 'numbers'])
      await queries.transaction().execute(async (trx) => {
        await lockAll(db, trx, to.identity)
        await trx
          .insertInto('snapshot_accounts')
          .columns(['snapshot_id', 'account_id', 'account', 'numbers'])
          .expression(rows)
          .execute()
      })
      yield
      after = last
    }
  }
  for await (const _ of inSlices(pieces()));
}
