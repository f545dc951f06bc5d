import { DatabaseSync } from 'node:sqlite'
import { workerData } from 'node:worker_threads'

const database = new DatabaseSync(String(workerData))
try {
  database.exec('pragma wal_checkpoint(passive)')
} finally {
  database.close()
}
