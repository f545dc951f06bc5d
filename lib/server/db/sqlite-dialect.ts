import 'server-only'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { SqliteThread } from './sqlite-thread'
import { sqliteCode, unavailable } from './unavailable'

const NO_TRANSACTION = 1

/** The driver is its one connection, which Kysely gives to one caller at a time. */
class SqliteDriver implements Driver, DatabaseConnection {
  readonly #thread: SqliteThread
  #inTransaction = false

  constructor(thread: SqliteThread) {
    this.#thread = thread
  }

  async init(): Promise<void> {}
  // Kysely would never take the connection back if this threw.
  async acquireConnection(): Promise<DatabaseConnection> {
    return this
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {
    await this.#thread.close()
  }

  async executeQuery<R>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<R>> {
    const outside = query.kind === 'SelectQueryNode' ? 'read' : 'write'
    const { rows, changes } = await this.#run(this.#inTransaction ? 'inTransaction' : outside, sql, parameters)
    // A cast: the shape of a row is what Kysely derived from the tables.
    return { rows: rows as R[], numAffectedRows: BigInt(changes) }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }

  // Immediate: a deferred transaction dies with SQLITE_BUSY when two processes upgrade from reading to writing.
  async beginTransaction(): Promise<void> {
    await this.#run('write', 'begin immediate')
    this.#inTransaction = true
  }

  async commitTransaction(): Promise<void> {
    await this.#run('inTransaction', 'commit')
    this.#inTransaction = false
  }

  async rollbackTransaction(): Promise<void> {
    try {
      await this.#thread.run('inTransaction', 'rollback')
    } catch (error) {
      // A full disk makes SQLite roll back by itself.
      if (sqliteCode(error) !== NO_TRANSACTION) throw unavailable(error)
    } finally {
      this.#inTransaction = false
    }
  }

  async #run(...statement: Parameters<SqliteThread['run']>) {
    try {
      return await this.#thread.run(...statement)
    } catch (error) {
      throw unavailable(error)
    }
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  // SQLite can roll back a CREATE TABLE. Kysely assumes it can't, and would migrate without a transaction, our lock.
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

export function sqliteDialect(thread: SqliteThread): Dialect {
  return {
    createDriver: () => new SqliteDriver(thread),
    createAdapter: () => new TransactionalSqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}
