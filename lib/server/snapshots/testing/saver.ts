import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import { openDatabase } from '@/lib/server/db/database'
import { createSnapshots } from '@/lib/server/snapshots/snapshots'

/** Saves without end, until it is killed, and prints how many accounts were asked for. */
const [readAt = '', databaseUrl = '', dataDir = ''] = process.argv.slice(2)
const db = await openDatabase({ databaseUrl: databaseUrl === '' ? null : databaseUrl, dataDir })

function* reading() {
  for (let count = 0; ; count++) {
    process.stdout.write(`${count}\n`)
    yield holding(`new ${count}`)
  }
}
await createSnapshots(db).save('me', readAt, reading(), { complete: true, missing: [] })
