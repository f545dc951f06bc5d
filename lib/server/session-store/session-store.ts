import 'server-only'
import * as z from 'zod/mini'
import { isSameRoot, rootSchema, signedInAccountSchema } from '@/lib/domain/session/account'
import type { Database } from '@/lib/server/db/database'
import { now } from '@/lib/server/process/clock'

const whoSchema = z.object({ origin: z.string(), account: signedInAccountSchema, root: z.nullable(rootSchema) })
/** `operator`: the name that the person typed; null: none. */
const rowSchema = z.extend(whoSchema, { id: z.string(), identity: z.string(), operator: z.nullable(z.string()) })
export type SessionRow = z.infer<typeof rowSchema>

/** A session is live only while its row exists. Every method may throw DatabaseUnavailable. */
export interface SessionStore {
  open(session: SessionRow & { expiresAt: number }): Promise<void>
  find(id: string, now: number): Promise<SessionRow | null>
  /** Whether its newest session has another root; false: it has none. */
  hasOtherRoot(identity: string, root: SessionRow['root']): Promise<boolean>
  rename(id: string, identity: string): Promise<void>
  /** What Vida states now of the account of an identity's sessions. */
  restate(identity: string, stated: Pick<SessionRow, 'origin' | 'account' | 'root'>): Promise<void>
  end(id: string): Promise<void>
  endAll(identity: string): Promise<void>
  countExpired(now: number): Promise<number>
  /** @returns how many had expired */
  purge(now: number): Promise<number>
}

function whoOf({ origin, account, root }: Pick<SessionRow, 'origin' | 'account' | 'root'>): string {
  return JSON.stringify({ origin, account, root })
}

export function createSessionStore({ queries }: Database): SessionStore {
  return {
    async open({ id, identity, operator, expiresAt, ...stated }) {
      await queries
        .insertInto('sessions')
        .values({
          id,
          identity,
          who: whoOf(stated),
          operator,
          created_at: now(),
          expires_at: Math.trunc(expiresAt),
        })
        .execute()
    },
    async find(id, now) {
      const row = await queries
        .selectFrom('sessions')
        .select(['id', 'identity', 'operator', 'who'])
        .where('id', '=', id)
        .where('expires_at', '>', Math.trunc(now))
        .executeTakeFirst()
      if (!row) return null
      return rowSchema.safeParse({ ...row, ...JSON.parse(row.who) }).data ?? null
    },
    async hasOtherRoot(identity, root) {
      const row = await queries
        .selectFrom('sessions')
        .select('who')
        .where('identity', '=', identity)
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst()
      const stated = row && whoSchema.safeParse(JSON.parse(row.who)).data
      return stated !== undefined && !isSameRoot(stated.root, root)
    },
    async rename(id, identity) {
      await queries.updateTable('sessions').set({ identity }).where('id', '=', id).execute()
    },
    async restate(identity, stated) {
      await queries
        .updateTable('sessions')
        .set({ who: whoOf(stated) })
        .where('identity', '=', identity)
        .execute()
    },
    async end(id) {
      await queries.deleteFrom('sessions').where('id', '=', id).execute()
    },
    async endAll(identity) {
      await queries.deleteFrom('sessions').where('identity', '=', identity).execute()
    },
    async countExpired(now) {
      const { count } = await queries
        .selectFrom('sessions')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('expires_at', '<=', Math.trunc(now))
        .executeTakeFirstOrThrow()
      return count
    },
    async purge(now) {
      const { numDeletedRows } = await queries
        .deleteFrom('sessions')
        .where('expires_at', '<=', Math.trunc(now))
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}
