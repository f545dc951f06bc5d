import 'server-only'
import type { Database } from '@/lib/server/db/database'

/** The account whose settings they are: all sessions of it share them. */
interface Owner {
  origin: string
  account: { id: string }
}

type OwnerSettingName = 'prices' | 'reasons'

/** What an account set for itself, as JSON; whoever reads it checks it. Every method may throw DatabaseUnavailable. */
export interface OwnerSettings {
  /** Null: not set. */
  get(owner: Owner, name: OwnerSettingName): Promise<unknown>
  /** @param value null removes it */
  set(owner: Owner, name: OwnerSettingName, value: unknown): Promise<void>
}

export function createOwnerSettings({ queries }: Database, clock: { now: () => number }): OwnerSettings {
  const key = ({ origin, account }: Owner, name: OwnerSettingName) => ({ origin, owner_id: account.id, name })
  return {
    async get(owner, name) {
      const row = await queries
        .selectFrom('owner_settings')
        .select('value')
        .where(({ and }) => and(key(owner, name)))
        .executeTakeFirst()
      return row ? JSON.parse(row.value) : null
    },
    async set(owner, name, value) {
      if (value === null) {
        await queries
          .deleteFrom('owner_settings')
          .where(({ and }) => and(key(owner, name)))
          .execute()
        return
      }
      const stored = { value: JSON.stringify(value), changed_at: new Date(clock.now()).toISOString() }
      await queries
        .insertInto('owner_settings')
        .values({ ...key(owner, name), ...stored })
        .onConflict((conflict) => conflict.columns(['origin', 'owner_id', 'name']).doUpdateSet(stored))
        .execute()
    },
  }
}
