import { Kysely, sql } from 'kysely'
import { Client } from 'pg'
import { expect, it, vi } from 'vitest'
import { describePostgres } from '@/lib/server/db/testing/databases'
import { isHealthy } from './health'
import { openPool, postgresDialect } from './postgres-pool'
import { DatabaseUnavailable } from './unavailable'

describePostgres('a pool of connections', (open, _dialect, locate) => {
  it('outlives connections that the server ends', async () => {
    const { db, again } = await open()
    const other = await again()
    const end = sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
    // Idle ones, and one in the middle of a transaction.
    await end.execute(other.queries)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const torn = db.queries.transaction().execute(async (trx) => {
      await end.execute(other.queries)
      await sql`select 1`.execute(trx)
    })
    await expect(torn).rejects.toBeInstanceOf(DatabaseUnavailable)
    expect(await isHealthy(db)).toBe(true)
  })

  it('waits for a connection, but not without end, when all are taken', async () => {
    const { db } = await open()
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const holding = Array.from({ length: 10 }, () => db.queries.connection().execute(() => released))
    await new Promise((resolve) => setTimeout(resolve, 100))
    const waiting = expect(sql`select 1`.execute(db.queries)).rejects.toMatchObject({ code: 'CONNECT_TIMEOUT' })
    await waiting
    release()
    await Promise.all(holding)
  })

  it('has a connection beside it that tells readiness while all are taken', async () => {
    const { db } = await open()
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const taken = Array.from({ length: 10 }, () => Promise.withResolvers<void>())
    const holding = taken.map(({ resolve }) =>
      db.queries.connection().execute(() => {
        resolve()
        return released
      }),
    )
    await Promise.all(taken.map(({ promise }) => promise))
    expect(await isHealthy(db)).toBe(true)
    release()
    await Promise.all(holding)
  })

  it('asks again for a connection that the server refused because it has too many', async () => {
    const url = new URL((await locate()).databaseUrl ?? '')
    const administrator = new Client({
      connectionString: Object.assign(new URL(url), { username: 'administrator' }).href,
    })
    await administrator.connect()
    const name = url.pathname.slice(1)
    const holder = openPool(url.href, 1)
    const pool = openPool(url.href, 1)
    try {
      const held = await holder.connect()
      // The administrator's own one counts, too.
      await administrator.query(`alter database ${name} connection limit 2`)
      const { promise: refusal, resolve: refused } = Promise.withResolvers<unknown>()
      const connect = () =>
        pool.connect().catch((error: unknown) => {
          refused(error)
          throw error
        })
      const guarded = { connect, end: () => pool.end(), options: pool.options }
      const queries = new Kysely<unknown>({ dialect: postgresDialect(guarded as never) })
      const answer = sql<{ one: number }>`select 1 as one`.execute(queries)
      expect(await refusal).toMatchObject({ code: '53300' })
      held.release(true)
      expect((await answer).rows).toEqual([{ one: 1 }])
    } finally {
      await administrator.query(`alter database ${name} connection limit -1`)
      await Promise.all([administrator.end(), holder.end(), pool.end()])
    }
  })

  it('reuses a connection whose statement failed or was cancelled', async () => {
    const { db } = await open()
    const backend = sql<{ pid: number }>`select pg_backend_pid() as pid`
    const pid = async () => (await backend.execute(db.queries)).rows[0]?.pid
    const first = await pid()
    await expect(sql`select 1 / 0`.execute(db.queries)).rejects.toMatchObject({ code: '22012' })
    expect(await pid()).toBe(first)
    const slow = db.queries.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = 50`.execute(trx)
      await sql`select pg_sleep(1)`.execute(trx)
    })
    await expect(slow).rejects.toMatchObject({ code: '57014' })
    expect(await pid()).toBe(first)
  })

  it('does not take a transaction for committed whose failed statement was passed over', async () => {
    const { db } = await open()
    const passedOver = db.queries.transaction().execute(async (trx) => {
      await sql`select 1 / 0`.execute(trx).catch(() => {})
    })
    await expect(passedOver).rejects.toMatchObject({ name: 'DatabaseUnavailable', code: 'ROLLED_BACK' })
    expect(await isHealthy(db)).toBe(true)
  })
})

it('asks nothing more of a connection whose query was given up on, and throws it away', async () => {
  const query = vi.fn(async (text: string) => {
    if (text === 'begin') return { command: 'BEGIN', rows: [] }
    throw new Error('Query read timeout')
  })
  const release = vi.fn()
  const pool = { connect: async () => ({ query, release }), end: async () => {}, options: {} }
  const queries = new Kysely<unknown>({ dialect: postgresDialect(pool as never) })
  const given = queries.transaction().execute((trx) => sql`select 1`.execute(trx))
  await expect(given).rejects.toMatchObject({ name: 'DatabaseUnavailable', code: 'QUERY_TIMEOUT' })
  expect(query.mock.calls.map(([text]) => text)).toEqual(['begin', 'select 1'])
  expect(release).toHaveBeenCalledExactlyOnceWith(true)
})
