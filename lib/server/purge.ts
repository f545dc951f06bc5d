import type { Database } from '@/lib/server/db/database'
import { createFindings } from '@/lib/server/findings/findings'
import { clock } from '@/lib/server/ledger/context'
import { createLimits } from '@/lib/server/limit-store/limit-store'
import { shared } from '@/lib/server/process/shared'
import { createSessionStore } from '@/lib/server/session-store/session-store'
import { countReadBefore, purgeReadBefore } from '@/lib/server/snapshots/purge'
import { runCommand } from './command'
import { type PurgeOrder, parsePurge } from './purge-arguments'

const DAY_MS = 86_400_000

async function purge(db: Database, { days, dryRun }: PurgeOrder): Promise<string> {
  const now = await clock(db.queries, { db })
  const before = new Date(now - days * DAY_MS).toISOString()
  const sessions = createSessionStore(db)
  const { inventories, identities, uses } = await (dryRun ? countReadBefore(db, before) : purgeReadBefore(db, before))
  const expired = dryRun ? await sessions.countExpired(now) : await sessions.purge(now)
  const limits = createLimits(db, { clock: { now: () => now }, shared })
  const ended = await (dryRun ? limits.countEnded(now) : limits.purge(now))
  const findings = createFindings(db, { now: () => now })
  const outdated = dryRun ? await findings.countExpired() : await findings.purge()
  return `${dryRun ? 'Would remove' : 'Removed'}: stored inventories read before ${before}: ${inventories}; first-seen times of tokens not used since: ${identities}; accounts’ use of calls and texts, read before: ${uses}; expired sessions: ${expired}; ended counts of tries and scans: ${ended}; expired findings about Vida: ${outdated}.
The ledger of returns and the batches stay (docs/security.md says why).`
}

await runCommand(() => {
  const order = parsePurge(process.argv.slice(2))
  return (db) => purge(db, order)
})
