import { openDatabase } from '@/lib/server/db/database'
import { createLedger } from '@/lib/server/ledger/ledger'
import { intentFor, numberAt } from './intents'

const [batch, databaseUrl = '', dataDir = '', first = '0', count = '0'] = process.argv.slice(2)
const db = await openDatabase({ databaseUrl: databaseUrl === '' ? null : databaseUrl, dataDir })
const ledger = createLedger(db)
const print = (line: string) => process.stdout.write(`${line}\n`)

for (let index = Number(first); index < Number(first) + Number(count); index++) {
  const answer = await ledger.intend(intentFor(numberAt(index), { instance: `process-${process.pid}` }))
  print(`${answer.kind} ${answer.receiptId}`)
  if (batch === 'race' || answer.kind !== 'intended') continue
  await ledger.append(answer.receiptId, { outcome: 'open', how: 'sending' })
  print(`sending ${answer.receiptId}`)
  await ledger.append(answer.receiptId, { outcome: 'returned', how: 'vida_answered', httpStatus: 200 })
  print(`returned ${answer.receiptId}`)
}
await db.close()
