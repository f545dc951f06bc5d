import 'server-only'
import { type Kysely, type OnConflictBuilder, type Selectable, sql } from 'kysely'
import type { AccountNumbers } from '@/lib/domain/accounts/account'
import type { Database } from '@/lib/server/db/database'
import type { SnapshotAccounts, Snapshots, Tables } from '@/lib/server/db/tables'
import { inSlices, stringifyList, turn } from '@/lib/server/process/slices'

export type Queries = Kysely<Tables>
export type Stored = Selectable<Snapshots>

/** Locks all snapshots of an identity until the transaction ends; whoever changes one does so under this lock. */
export async function lockAll({ dialect }: Database, trx: Queries, identity: string): Promise<Stored[]> {
  // Two that lock several rows in one order never wait for each other.
  const all = trx
    .selectFrom('snapshots')
    .selectAll()
    .where('identity', '=', identity)
    .where('kind', '!=', 'unused')
    .orderBy('id')
  // A statement that waits for locks does not see what was inserted meanwhile; the next one does.
  if (dialect === 'postgres') await all.forUpdate().execute()
  return all.execute()
}

export function ofKind(snapshots: readonly Stored[], kind: Stored['kind']): Stored | undefined {
  return snapshots.find((each) => each.kind === kind)
}

export async function change(trx: Queries, id: number, values: Partial<Omit<Stored, 'id'>>): Promise<void> {
  await trx.updateTable('snapshots').set(values).where('id', '=', id).execute()
}

/** Of one transaction: rows, and characters, after which there is no other row in it. */
const PIECE = { rows: 100, size: 128 * 1024 }

async function take<T extends { numbers: string }>(source: AsyncGenerator<T>) {
  const rows: T[] = []
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
export async function putInPieces<T extends { numbers: string }>(
  db: Database,
  identity: string,
  source: AsyncGenerator<T>,
  put: (trx: Queries, snapshots: readonly Stored[], rows: T[]) => Promise<boolean>,
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

/** `readAt`: when its numbers were read, ISO 8601, UTC; default: when the whole reading began. */
export type ReadAccount = AccountNumbers & { readAt?: string | undefined }
export type Accounts = Iterable<ReadAccount> | AsyncIterable<ReadAccount>

interface Row extends Omit<SnapshotAccounts, 'snapshot_id'> {
  held: string[]
}

async function* rowsOf(accounts: Accounts, begunAt: string): AsyncGenerator<Row> {
  await turn()
  for await (const { account, numbers, readAt = begunAt } of accounts) {
    const held = numbers.map(({ number }) => number)
    const texts = { account: JSON.stringify(account), numbers: await stringifyList(numbers) }
    yield { account_id: account.id, ...texts, read_at: readAt, held }
    await turn()
  }
}

/**
 * Each account is given once. Numbers that `to` or another snapshot has of a later reading stay.
 * @returns false once `to` is of another kind
 */
export async function putAccounts(
  db: Database,
  to: Pick<Stored, 'identity' | 'id' | 'kind'>,
  accounts: Accounts,
  begunAt: string,
): Promise<boolean> {
  return putInPieces(db, to.identity, rowsOf(accounts, begunAt), async (trx, snapshots, rows) => {
    if (!snapshots.some(({ id, kind }) => id === to.id && kind === to.kind)) return false
    await putRows(db, trx, to.id, rows)
    for (const { id } of snapshots) if (id !== to.id) await takeNewer(trx, id, to.id, rows)
    return true
  })
}

async function putRows(db: Database, trx: Queries, id: number, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto('snapshot_accounts')
    .values(rows.map(({ held: _, ...row }) => ({ ...row, snapshot_id: id })))
    .onConflict(keepNewer)
    .execute()
  await putNumbers(db, trx, [id], rows)
}

function keepNewer(conflict: OnConflictBuilder<Tables, 'snapshot_accounts'>) {
  return conflict.columns(['snapshot_id', 'account_id']).doUpdateSet((eb) => {
    const newer = (column: 'numbers' | 'read_at') =>
      eb
        .case()
        .when('excluded.read_at', '>', eb.ref('snapshot_accounts.read_at'))
        .then(eb.ref(`excluded.${column}`))
        .else(eb.ref(`snapshot_accounts.${column}`))
        .end()
    return { account: eb.ref('excluded.account'), numbers: newer('numbers'), read_at: newer('read_at') }
  })
}

/** What another instance read after the reading that is being written had read it. */
async function takeNewer(trx: Queries, from: number, to: number, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const changed = await trx
    .updateTable('snapshot_accounts')
    .from('snapshot_accounts as newer')
    .set(({ ref }) => ({ numbers: ref('newer.numbers'), read_at: ref('newer.read_at') }))
    .where('snapshot_accounts.snapshot_id', '=', to)
    .where(
      'snapshot_accounts.account_id',
      'in',
      rows.map(({ account_id }) => account_id),
    )
    .where('newer.snapshot_id', '=', from)
    .whereRef('newer.account_id', '=', 'snapshot_accounts.account_id')
    .whereRef('newer.read_at', '>', 'snapshot_accounts.read_at')
    .returning('snapshot_accounts.account_id')
    .execute()
  if (changed.length === 0) return
  const ids = changed.map(({ account_id }) => account_id)
  await trx
    .insertInto('snapshot_numbers')
    .columns(['snapshot_id', 'number', 'account_id'])
    .expression(
      trx
        .selectFrom('snapshot_numbers')
        .where('snapshot_id', '=', from)
        .where('account_id', 'in', ids)
        .select([sql.lit(to).as('snapshot_id'), 'number', 'account_id']),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Instead of an account, where its numbers were written before the account itself. */
const NO_ACCOUNT = ''

/** Into snapshots that are being written, perhaps by another instance, which may write the account itself later. */
export async function putNewer(
  trx: Queries,
  ids: readonly number[],
  row: Pick<Row, 'account_id' | 'numbers' | 'read_at'>,
): Promise<void> {
  if (ids.length === 0) return
  await trx
    .insertInto('snapshot_accounts')
    .values(ids.map((snapshot_id) => ({ ...row, snapshot_id, account: NO_ACCOUNT })))
    // What is there is older, and was changed by the update before it, or newer.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Of `putNewer`, those whose account the writer did not have. */
export async function dropWithoutAccount(trx: Queries, id: number): Promise<void> {
  await trx
    .deleteFrom('snapshot_accounts')
    .where(({ and }) => and({ snapshot_id: id, account: NO_ACCOUNT }))
    .execute()
}

/** Of one statement. */
const NUMBERS = 1_000

/** In each of the snapshots. Numbers that an account does not hold any more stay: its own row decides. */
export async function putNumbers(
  { dialect }: Database,
  trx: Queries,
  ids: readonly number[],
  rows: readonly Pick<Row, 'account_id' | 'held'>[],
): Promise<void> {
  const elements = sql.raw(dialect === 'postgres' ? 'json_array_elements' : 'json_each')
  const pairs = rows.flatMap(({ account_id, held }) => held.map((number) => [number, account_id]))
  for (let from = 0; from < pairs.length; from += NUMBERS) {
    await turn()
    // One parameter: thousands of them take longer than the rows.
    await sql`insert into snapshot_numbers (snapshot_id, number, account_id)
      select snapshots.id, value->>0, value->>1 from snapshots, ${elements}(${JSON.stringify(pairs.slice(from, from + NUMBERS))})
      where snapshots.id in (${sql.join(ids)}) on conflict do nothing`.execute(trx)
  }
}

/** In small transactions. Whoever publishes the copy looks whether `from` is still what it was. */
export async function copyAccounts(db: Database, from: number, to: Pick<Stored, 'identity' | 'id'>): Promise<void> {
  await copyInPieces(db, to.identity, async (trx, after) => {
    const source = trx.selectFrom('snapshot_accounts').where('snapshot_id', '=', from).where('account_id', '>', after)
    const ids = await source.select('account_id').orderBy('account_id').limit(PIECE.rows).execute()
    const last = ids.at(-1)?.account_id ?? null
    if (last === null) return null
    await trx
      .insertInto('snapshot_accounts')
      .columns(['snapshot_id', 'account_id', 'account', 'numbers', 'read_at'])
      .expression(
        source
          .where('account_id', '<=', last)
          .select([sql.lit(to.id).as('snapshot_id'), 'account_id', 'account', 'numbers', 'read_at']),
      )
      .onConflict(keepNewer)
      .execute()
    return last
  })
  await copyInPieces(db, to.identity, async (trx, after) => {
    const source = trx.selectFrom('snapshot_numbers').where('snapshot_id', '=', from).where('number', '>', after)
    const numbers = await source.select('number').orderBy('number').limit(NUMBERS).execute()
    const last = numbers.at(-1)?.number ?? null
    if (last === null) return null
    await trx
      .insertInto('snapshot_numbers')
      .columns(['snapshot_id', 'number', 'account_id'])
      .expression(source.where('number', '<=', last).select([sql.lit(to.id).as('snapshot_id'), 'number', 'account_id']))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return last
  })
}

/** `copy` gives the last key that it copied, from which the next one goes on; null: there was none. */
async function copyInPieces(
  db: Database,
  identity: string,
  copy: (trx: Queries, after: string) => Promise<string | null>,
): Promise<void> {
  const copyAfter = (after: string) =>
    db.queries.transaction().execute(async (trx) => {
      await lockAll(db, trx, identity)
      return copy(trx, after)
    })
  async function* pieces() {
    for (let last = await copyAfter(''); last !== null; last = await copyAfter(last)) yield
  }
  for await (const _ of inSlices(pieces()));
}
