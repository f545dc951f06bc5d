import 'server-only'
import { type Selectable, sql } from 'kysely'
import {
  type Place,
  type Protection,
  type ProtectionChange,
  type ProtectionTarget,
  protectionFinder,
  targetsOf,
} from '@/lib/domain/protections/protection'
import type { Tables } from '@/lib/server/db/tables'
import { clock, type LedgerContext, type Queries } from './context'
import { guarded } from './errors'
import type { IntentRow } from './fold'
import { withNames } from './names'
import { newReceiptId } from './receipt-id'
import { storable, storableOrNull } from './text'
import type { ChangeFilter, Protections, Scope } from './types'

const MOST_PROTECTIONS = 10_000

type Row = Selectable<Tables['protection_changes']>

function changeOf({ protection_id, id, change, level, target, name, reason, operator, at }: Row): ProtectionChange {
  return { id, protectionId: protection_id, change, level, target, name, reason, operator, at }
}

function protectionOf({ id, level, target, name, reason, operator, at }: Row): Protection {
  return { id, level, target, name, reason, operator, setAt: at }
}

function changesOf(queries: Queries, { origin, ownerId }: Scope) {
  return queries
    .selectFrom('protection_changes as changes')
    .where('changes.origin', '=', origin)
    .where('changes.owner_id', '=', ownerId)
}

function activeOf(queries: Queries, scope: Scope) {
  return changesOf(queries, scope)
    .where('changes.change', '=', 'set')
    .where(({ exists, not, selectFrom }) => {
      const lifts = selectFrom('protection_changes as lifts')
        .select('lifts.id')
        .whereRef('lifts.protection_id', '=', 'changes.id')
        .where('lifts.change', '=', 'lifted')
      return not(exists(lifts))
    })
}

async function activeAmong(queries: Queries, scope: Scope, targets: readonly ProtectionTarget[]) {
  const rows = await activeOf(queries, scope)
    .where((eb) => eb.or(targets.map(({ level, target }) => eb.and({ level, target }))))
    .selectAll()
    .execute()
  return rows.map(protectionOf)
}

async function over(queries: Queries, scope: Scope, place: Place): Promise<Protection | null> {
  return protectionFinder(await activeAmong(queries, scope, targetsOf(place)))(place)
}

export async function newestChange(queries: Queries, scope: Scope): Promise<Pick<Row, 'id' | 'at'> | undefined> {
  return changesOf(queries, scope).select(['id', 'at']).orderBy('id', 'desc').limit(1).executeTakeFirst()
}

/**
 * On PostgreSQL an advisory lock of the owner, shared by its returns: each writes `sending` before a protection stands, or
 * sees it. No row could be locked in its place, as the first protection has none. SQLite locks the whole database.
 */
async function takeLock(trx: Queries, { db }: LedgerContext, scope: Scope, as: 'share' | 'change'): Promise<void> {
  if (db.dialect === 'sqlite') return
  const lock = sql.raw(as === 'share' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock')
  const key = JSON.stringify(['protections', scope.origin, scope.ownerId])
  await sql`select ${lock}(hashtextextended(${key}, 0))`.execute(trx)
}

/** For the transaction that decides whether a return is sent. An account that was learned later counts, too. */
export async function isProtected(trx: Queries, context: LedgerContext, intent: IntentRow): Promise<boolean> {
  const scope = { origin: intent.origin, ownerId: intent.owner_id }
  await takeLock(trx, context, scope, 'share')
  const [named = intent] = await withNames(trx, [intent])
  const { number, account_id: accountId, organization_id: organizationId } = named
  return (await over(trx, scope, { number, accountId, organizationId })) !== null
}

type NewChange = Omit<Row, 'id' | 'protection_id' | 'origin' | 'owner_id' | 'at'> & { protection_id: string | null }

/** With the lock taken. Its id is above those of all earlier changes, also of the same millisecond. */
async function write(trx: Queries, context: LedgerContext, scope: Scope, change: NewChange): Promise<Row> {
  const last = await newestChange(trx, scope)
  const now = Math.max(await clock(trx, context), last ? Date.parse(last.at) + 1 : 0)
  const id = newReceiptId(now).replace(/^R/, 'P')
  const row: Row = {
    ...change,
    id,
    protection_id: change.protection_id ?? id,
    origin: scope.origin,
    owner_id: scope.ownerId,
    at: new Date(now).toISOString(),
  }
  await trx.insertInto('protection_changes').values(row).execute()
  return row
}

async function listChanges(queries: Queries, scope: Scope, { before, from, to, limit }: ChangeFilter) {
  let query = changesOf(queries, scope)
  if (before !== undefined) query = query.where('id', '<', before)
  if (from !== undefined) query = query.where('at', '>=', new Date(from).toISOString())
  if (to !== undefined) query = query.where('at', '<', new Date(to).toISOString())
  return (await query.selectAll().orderBy('id', 'desc').limit(limit).execute()).map(changeOf)
}

export function createProtections(context: LedgerContext): Protections {
  const { queries } = context.db
  const changing = <T>(scope: Scope, act: (trx: Queries) => Promise<T>) =>
    guarded(() =>
      queries.transaction().execute(async (trx) => {
        await takeLock(trx, context, scope, 'change')
        return act(trx)
      }),
    )
  return {
    set: (scope, { level, target, name, reason, operator }) =>
      changing(scope, async (trx) => {
        const [present] = await activeAmong(trx, scope, [{ level, target }])
        if (present) return { kind: 'already', protection: present }
        const { count } = await activeOf(trx, scope)
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow()
        if (count >= MOST_PROTECTIONS) return { kind: 'full' }
        const texts = { name: storableOrNull(name), reason: storable(reason), operator: storableOrNull(operator) }
        const row = await write(trx, context, scope, { protection_id: null, change: 'set', level, target, ...texts })
        return { kind: 'set', protection: protectionOf(row) }
      }),
    lift: (scope, id, { reason, operator }) =>
      changing(scope, async (trx) => {
        const present = await activeOf(trx, scope).where('changes.id', '=', id).selectAll().executeTakeFirst()
        if (!present) return null
        const { level, target, name } = present
        const texts = { reason: storable(reason), operator: storableOrNull(operator) }
        const row = { protection_id: id, change: 'lifted', level, target, name, ...texts } as const
        return changeOf(await write(trx, context, scope, row))
      }),
    active: (scope) =>
      guarded(async () => (await activeOf(queries, scope).selectAll().orderBy('id').execute()).map(protectionOf)),
    over: (scope, place) => guarded(() => over(queries, scope, place)),
    changes: (scope, filter) => guarded(() => listChanges(queries, scope, filter)),
  }
}
