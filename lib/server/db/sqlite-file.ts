import 'server-only'
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { restrictPermissions } from '@/lib/server/process/restrict-permissions'
import { retryWhileBusy } from './retry-while-busy'
import { DatabaseUnavailable, unavailable } from './unavailable'
import { FALLBACK_PAGES, KEPT, WriteAheadLog } from './write-ahead-log'

export interface SqliteFile {
  readonly handle: DatabaseSync
  readonly log: WriteAheadLog
  /** @throws DatabaseUnavailable if the open file is no longer the one under its path, or may not be written. */
  assertThere(purpose: 'read' | 'write'): void
}

const OWNER_MAY_WRITE = 0o200

function configure(handle: DatabaseSync): void {
  // Short: `retryWhileBusy` does the long wait without blocking the process.
  handle.exec('pragma busy_timeout = 10')
  const mode = handle.prepare('pragma journal_mode = wal').get()
  if (mode?.journal_mode !== 'wal') throw new DatabaseUnavailable('NO_WRITE_AHEAD_LOG')
  handle.exec('pragma synchronous = full; pragma fullfsync = on; pragma foreign_keys = on; pragma trusted_schema = off')
  handle.exec(`pragma wal_autocheckpoint = ${FALLBACK_PAGES}; pragma journal_size_limit = ${KEPT}`)
  // Without it INSERT OR REPLACE deletes a row behind the append-only triggers' back.
  handle.exec('pragma recursive_triggers = on')
}

/** Opens or makes `numberdesk.sqlite`: directory 0700, files 0600, every commit on disk. @throws DatabaseUnavailable */
export async function openSqliteFile(dataDir: string): Promise<SqliteFile> {
  const path = join(dataDir, 'numberdesk.sqlite')
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    restrictPermissions(dataDir, 0o700)
    // SQLite gives -wal and -shm the mode of the main file.
    closeSync(openSync(path, 'a', 0o600))
    for (const file of [path, `${path}-wal`, `${path}-shm`]) restrictPermissions(file, 0o600)

    const opened = statSync(path)
    const assertThere = (purpose: 'read' | 'write'): void => {
      const directory = statSync(dataDir, { throwIfNoEntry: false })
      const file = statSync(path, { throwIfNoEntry: false })
      // A deleted file can still be written, and everything in it is lost.
      if (!directory || file?.ino !== opened.ino || file.dev !== opened.dev) throw new DatabaseUnavailable('FILE_GONE')
      // The bits, not access(2), which lets root write everywhere.
      const writable = directory.mode & file.mode & OWNER_MAY_WRITE
      if (purpose === 'write' && !writable) throw new DatabaseUnavailable('READ_ONLY')
    }
    assertThere('write')

    const handle = new DatabaseSync(path)
    try {
      await retryWhileBusy(() => configure(handle))
    } catch (error) {
      handle.close()
      throw error
    }
    return { handle, log: new WriteAheadLog(path), assertThere }
  } catch (error) {
    throw unavailable(error)
  }
}
