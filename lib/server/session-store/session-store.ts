import 'server-only'
import * as z from 'zod/mini'
import { rootSchema, signedInAccountSchema } from '@/lib/domain/session/account'
import type { Database } from '@/lib/server/db/database'

/** A session without its token, which is only in the sealed cookie. */
const rowSchema = z.object({
  id: z.string(),
  identity: z.string(),
  /** The Vida API that it was opened against. */
  origin: z.string(),
  account: signedInAccountSchema,
  root: z.nullable(rootSchema),
})
export type SessionRow = z.infer<typeof rowSchema>

/** A session is live only while its row exists. Every method may throw DatabaseUnavailable. */
export interface SessionStore {
  /** `expiresAt` is Unix ms. */
  open(session: SessionRow & { expiresAt: number }): Promise<void>
  /** The session if it is live at `now` (Unix ms), else null. */
  find(id: string, now: number): Promise<SessionRow | null>
  /** Sets the identity under the present secrets. */
  rename(id: string, identity: string): Promise<void>
  end(id: string): Promise<void>
  /** Ends every session of an identity, on every instance. */
  endAll(identity: string): Promise<void>
  /** Removes sessions that have expired by `now` (Unix ms). */
  purge(now: number): Promise<void>
}

export function createSessionStore({ queries }: Database): SessionStore {
  return {
    async open({ id, identity, origin, account, root, expiresAt }) {
      await queries
        .insertInto('sessions')
        .values({
          id,
          identity,
          who: JSON.stringify({ origin, account, root }),
          created_at: Date.now(),
          expires_at: Math.trunc(expiresAt),
        })
        .execute()
    },
    async find(id, now) {
      const row = await queries
        .selectFrom('sessions')
        .select(['id', 'identity', 'who'])
        .where('id', '=', id)
        .where('expires_at', '>', Math.trunc(now))
        .executeTakeFirst()
      if (!row) return null
      return rowSchema.safeParse({ ...row, ...JSON.parse(row.who) }).data ?? null
    },
    async rename(id, identity) {
      await queries.updateTable('sessions').set({ identity }).where('id', '=', id).execute()
    },
    async end(id) {
      await queries.deleteFrom('sessions').where('id', '=', id).execute()
    },
    async endAll(identity) {
      await queries.deleteFrom('sessions').where('identity', '=', identity).execute()
    },
    async purge(now) {
      await queries.deleteFrom('sessions').where('expires_at', '<=', Math.trunc(now)).execute()
    },
  }
}
