import 'server-only'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { DatabaseUnavailable, unavailable } from './unavailable'

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/** SQLSTATE classes after which a connection still works: the statement was wrong, in conflict or cancelled. */
const HARMLESS = /^(0A|21|22|23|25|40|42|55|57014|P0)/

class PostgresConnection implements DatabaseConnection {
  readonly #client: PoolClient
  #broken = false

  constructor(client: PoolClient) {
    this.#client = client
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#ask(query.sql, query.parameters)
    return CHANGES.has(result.command)
      ? { rows: result.rows, numAffectedRows: BigInt(result.rowCount ?? 0) }
      : { rows: result.rows }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }

  async begin(): Promise<void> {
    await this.#ask('begin')
  }

  async commit(): Promise<void> {
    const { command } = await this.#ask('commit')
    // PostgreSQL answers COMMIT with ROLLBACK if a statement before it failed.
    if (command === 'ROLLBACK') throw new DatabaseUnavailable('ROLLED_BACK')
  }

  async rollback(): Promise<void> {
    // The server rolls back by itself when the connection is closed.
    if (this.#broken) return
    try {
      await this.#ask('rollback')
    } catch (error) {
      this.#broken = true
      throw error
    }
  }

  release(): void {
    this.#client.release(this.#broken)
  }

  async #ask(sql: string, parameters: readonly unknown[] = []) {
    if (this.#broken) throw new DatabaseUnavailable('CONNECTION_LOST')
    try {
      return await this.#client.query(sql, [...parameters])
    } catch (error) {
      const mapped = unavailable(error)
      // A query given up on after its time-out may still be answered: to whoever uses the connection next.
      if (!HARMLESS.test(mapped.code)) this.#broken = true
      throw mapped
    }
  }
}

class PostgresDriver implements Driver {
  readonly #pool: Pool
  constructor(pool: Pool) {
    this.#pool = pool
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<PostgresConnection> {
    try {
      return new PostgresConnection(await this.#pool.connect())
    } catch (error) {
      throw unavailable(error)
    }
  }
  async beginTransaction(connection: PostgresConnection): Promise<void> {
    await connection.begin()
  }
  async commitTransaction(connection: PostgresConnection): Promise<void> {
    await connection.commit()
  }
  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    await connection.rollback()
  }
  async releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release()
  }
  async destroy(): Promise<void> {
    await this.#pool.end()
  }
}

/** Kysely over a pool of `pg`. Every failure surfaces as DatabaseUnavailable. */
export function postgresDialect(pool: Pool): Dialect {
  return {
    createDriver: () => new PostgresDriver(pool),
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  }
}
