import 'server-only'
import * as z from 'zod/mini'
import { rootSchema, signedInAccountSchema } from '@/lib/domain/session/account'
import type { Database } from '@/lib/server/db/database'

/** What the server knows of a session besides the token, which is sealed in the cookie alone. */
const rowSchema = z.object({
  id: z.string(),
  identity: z.string(),
  /** The Vida API that it was opened against. */
  origin: z.string(),
  account: signedInAccountSchema,
  root: z.nullable(rootSchema),
})
export type SessionRow = z.infer<typeof rowSchema>

/** The allow-list of sessions: one is live only while its row is there. Every method throws DatabaseUnavailable when the database fails. */
export interface SessionStore {
  /** Lets a session in. `expiresAt` is Unix ms. */
  open(session: SessionRow & { expiresAt: number }): Promise<void>
  /** The session if it is let in at `now` (Unix ms), else null. */
  find(id: string, now: number): Promise<SessionRow | null>
  /** Gives a session the name that its identity has under the secrets of today. */
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
