import { apiClient } from '../support/api-client.ts'
import { askUses } from '../support/use.ts'
import { timedScan, withServers } from './measure.ts'
import { atMost, type Section } from './report.ts'

const LATENCY_MS = 100
const CONCURRENCY = 8
const ACCOUNTS = 2_500
const SIZE = ['--organizations', '250', '--accounts', '10', '--numbers', '20']

export const useSection: Section = {
  name: 'use',
  title: 'Find unused numbers, on the server',
  how:
    '250 organizations × 10 accounts × 20 numbers, already listed: the use of the 2,500 accounts, 8 requests at a time, every answer after 100 ms, ' +
    'each account stored as it comes. A quarter of them has no messages, so that their logs are asked for, too. The ideal is the number of requests ' +
    'that the sandbox saw ÷ 8 × 100 ms.',
  run: () =>
    withServers([...SIZE, '--use', 'believable'], async ({ sandbox, app }) => {
      const client = await apiClient(app.url, sandbox.tokens.reseller)
      const accountIds = (await client.events())
        .flatMap(({ type, account }) => (type === 'numbers' && account ? [account.id] : []))
        .slice(0, ACCOUNTS)
      await sandbox.control.configure({ latencyMs: LATENCY_MS })
      await sandbox.control.clearLog()
      const { ms, done } = await timedScan(() => askUses(client, accountIds))
      const { body } = await client.get<{ accounts: object[] }>('/api/use')
      const found = { asked: accountIds.length, complete: done.complete, stored: body.accounts.length }
      if (found.asked !== ACCOUNTS || !found.complete || found.stored !== ACCOUNTS)
        throw new Error(`the reading was not whole: ${JSON.stringify(found)}`)
      const { total, maxConcurrency } = await sandbox.control.log()
      const ideal = (total / CONCURRENCY) * LATENCY_MS
      const note = `${total} requests in ${(ms / 1000).toFixed(1)} s, at most ${maxConcurrency} at a time.`
      return [atMost('duration against the ideal', ms / ideal, 1.15, '×', note)]
    }),
}
