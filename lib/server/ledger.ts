import { readSettings } from '@/lib/server/config/settings'
import type { Database } from '@/lib/server/db/database'
import { abandonLedger } from '@/lib/server/db/left-behind'
import { noteRestore } from '@/lib/server/db/restores'
import { backUpLedger } from '@/lib/server/ledger-files/backup'
import { exportLedger } from '@/lib/server/ledger-files/export'
import { importLedger } from '@/lib/server/ledger-files/import'
import { CommandError } from '@/lib/server/process/command-error'
import { runCommand } from './command'
import { givenPath } from './given-path'
import { type LedgerOrder, parseLedger } from './ledger-arguments'

async function run(db: Database, order: LedgerOrder): Promise<string> {
  const place = db.dialect === 'postgres' ? 'the database of DATABASE_URL' : 'the SQLite database in DATA_DIR'
  switch (order.verb) {
    case 'export':
      return `Exported ${await exportLedger(db, givenPath(order.object))} receipts of ${place} to ${order.object}.`
    case 'import':
      return `All ${await importLedger(db, givenPath(order.object))} receipts of ${order.object} are in ${place}.`
    case 'backup': {
      const { path, knownUntil } = await backUpLedger(db, givenPath(order.object))
      return `${path} knows every receipt until ${knownUntil}.`
    }
    case 'restored':
      await noteRestore(db, new Date(order.object).toISOString())
      return `History says from now on that receipts are known until ${order.object}.`
    case 'abandon':
      if (db.dialect !== 'postgres') throw new CommandError('Without DATABASE_URL no ledger is left behind.')
      if (!(await abandonLedger(db, readSettings(process.env).dataDir))) return 'DATA_DIR has no ledger in SQLite.'
      return 'The ledger in DATA_DIR is left behind. Its file stays where it is.'
  }
}

await runCommand(() => {
  const order = parseLedger(process.argv.slice(2))
  return (db) => run(db, order)
})
