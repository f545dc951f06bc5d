import { parseArgs } from 'node:util'
import * as z from 'zod'
import { CommandError } from '@/lib/server/process/command-error'

const USAGE = `Usage, with the app stopped but for backup (docs/operations.md):
  npm run ledger -- export FILE      writes the ledger to a new file
  npm run ledger -- import FILE      adds such a file to the database of these settings
  npm run ledger -- backup DIR       copies a SQLite database to a new file in DIR
  npm run ledger -- restored TIME    says that this database is a restored one: History then says that receipts are known until TIME (2026-11-28T09:30:00Z)
  npm run ledger -- --abandon        leaves the SQLite ledger in DATA_DIR behind`

const VERBS = ['export', 'import', 'backup', 'restored'] as const

export type LedgerOrder = { verb: (typeof VERBS)[number]; object: string } | { verb: 'abandon' }

/** @throws CommandError */
export function parseLedger(args: string[]): LedgerOrder {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { abandon: { type: 'boolean' } },
      allowPositionals: true,
    })
    const [first, object, ...more] = positionals
    if (values.abandon && first === undefined) return { verb: 'abandon' }
    const verb = VERBS.find((each) => each === first)
    const isRight = verb !== 'restored' || z.iso.datetime().safeParse(object).success
    if (verb && object && more.length === 0 && !values.abandon && isRight) return { verb, object }
  } catch {}
  throw new CommandError(USAGE)
}
