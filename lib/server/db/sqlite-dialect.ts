import 'server-only'
import type { SQLInputValue } from 'node:sqlite'
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
import { retryWhileBusy } from './retry-while-busy'
import type { SqliteFile } from './sqlite-file'
import { sqliteCode, unavailable } from './unavailable'

const NO_TRANSACTION = 1

/** The driver is its one connection, which Kysely gives to one caller at a time. */
class SqliteDriver implements Driver, DatabaseConnection {
  readonly #file: SqliteFile
  #inTransaction = false
  #logBefore = 0

  constructor(file: SqliteFile) {
    this.#file = file
  }

  async init(): Promise<void> {}
  // Kysely would never take the connection back if this threw.
  async acquireConnection(): Promise<DatabaseConnection> {
    return this
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {
    this.#file.handle.close()
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#inTransaction) return this.#guarded(() => this.#run<R>(query))
    if (query.query.kind === 'SelectQueryNode') return this.#waiting('read', () => this.#run<R>(query))
    const result = await this.#waiting('write', () => this.#run<R>(query))
    this.#file.log.checkpointIfLong()
    return result
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }

  // Immediate: a deferred transaction dies with SQLITE_BUSY when two processes upgrade from reading to writing.
  async beginTransaction(): Promise<void> {
    await this.#waiting('write', () => this.#file.handle.exec('begin immediate'))
    this.#logBefore = this.#file.log.size()
    this.#inTransaction = true
  }

  async commitTransaction(): Promise<void> {
    await this.#file.log.flush(this.#logBefore)
    this.#guarded(() => this.#file.handle.exec('commit'))
    this.#inTransaction = false
    this.#file.log.checkpointIfLong()
  }

  async rollbackTransaction(): Promise<void> {
    try {
      this.#file.handle.exec('rollback')
    } catch (error) {
      // A full disk makes SQLite roll back by itself.
      if (sqliteCode(error) !== NO_TRANSACTION) throw unavailable(error)
    } finally {
      this.#inTransaction = false
    }
  }

  async #waiting<T>(purpose: 'read' | 'write', act: () => T): Promise<T> {
    this.#file.assertThere(purpose)
    try {
      return await retryWhileBusy(act)
    } catch (error) {
      throw unavailable(error)
    }
  }

  #guarded<T>(act: () => T): T {
    try {
      return act()
    } catch (error) {
      throw unavailable(error)
    }
  }

  #run<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
    const statement = this.#file.handle.prepare(sql)
    // Two casts: a column holds text, a number or null, and the shape of a row is what Kysely derived from the tables.
    const values = parameters as SQLInputValue[]
    if (statement.columns().length > 0) return { rows: statement.all(...values) as R[] }
    return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) }
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  // SQLite can roll back a CREATE TABLE. Kysely assumes it can't, and would migrate without a transaction, our lock.
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

export function sqliteDialect(file: SqliteFile): Dialect {
  return {
    createDriver: () => new SqliteDriver(file),
    createAdapter: () => new TransactionalSqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}
