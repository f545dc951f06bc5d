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
import { retryWhileBusy } from './retry-while-busy'
import type { SqliteFile } from './sqlite-file'
import { sqliteCode, unavailable } from './unavailable'

const NO_TRANSACTION = 1

type Bindable = null | number | bigint | string | Uint8Array

function bindable(value: unknown): Bindable {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string') return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`cannot bind a ${typeof value}`)
}

class SqliteConnection implements DatabaseConnection {
  readonly #file: SqliteFile
  #inTransaction = false

  constructor(file: SqliteFile) {
    this.#file = file
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#inTransaction) return this.#guarded(() => this.#run<R>(query))
    return this.#waiting(query.query.kind === 'SelectQueryNode' ? 'read' : 'write', () => this.#run<R>(query))
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }

  // Immediate: a deferred transaction dies with SQLITE_BUSY when two processes upgrade from reading to writing.
  async begin(): Promise<void> {
    await this.#waiting('write', () => this.#file.handle.exec('begin immediate'))
    this.#inTransaction = true
  }

  commit(): void {
    this.#guarded(() => this.#file.handle.exec('commit'))
    this.#inTransaction = false
  }

  rollback(): void {
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
    const values = parameters.map(bindable)
    if (statement.columns().length === 0) {
      return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) }
    }
    // A cast: the shape of a row is what Kysely derived from the tables; SQLite itself knows no types.
    return { rows: statement.all(...values) as R[] }
  }
}

class SqliteDriver implements Driver {
  readonly #file: SqliteFile
  readonly #connection: SqliteConnection

  constructor(file: SqliteFile) {
    this.#file = file
    this.#connection = new SqliteConnection(file)
  }

  async init(): Promise<void> {}
  // Kysely gives the one connection to one caller at a time, and never takes it back if this throws.
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }
  async releaseConnection(): Promise<void> {}
  async beginTransaction(): Promise<void> {
    await this.#connection.begin()
  }
  async commitTransaction(): Promise<void> {
    this.#connection.commit()
  }
  async rollbackTransaction(): Promise<void> {
    this.#connection.rollback()
  }
  async destroy(): Promise<void> {
    this.#file.handle.close()
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  // SQLite can roll back a CREATE TABLE. Kysely assumes it can't, and would migrate without a transaction, our lock.
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Kysely over `node:sqlite`. Every failure surfaces as DatabaseUnavailable. */
export function sqliteDialect(file: SqliteFile): Dialect {
  return {
    createDriver: () => new SqliteDriver(file),
    createAdapter: () => new TransactionalSqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}
