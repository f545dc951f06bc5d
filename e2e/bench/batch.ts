import { setTimeout as delay } from 'node:timers/promises'
import { type ApiClient, apiClient } from '../support/api-client.ts'
import { type Place, placesIn } from '../support/returns.ts'
import { settledMb, withServers } from './measure.ts'
import { atMost, type Section } from './report.ts'

const LATENCY_MS = 100
const NUMBERS = 500
const AT_A_TIME = 2
const ROUND_TRIPS = 3
const LIMIT_MS = 240_000

interface Batch {
  id: string
  state: string
  counts: Record<string, number>
}

/** @returns how long the batch took, ms. @throws Error if not every number was returned. */
async function returnAll(client: ApiClient, returns: Place[]): Promise<number> {
  const begun = performance.now()
  const { id } = (await client.post<Batch>('/api/batches', { returns, note: null })).body
  let batch: Batch
  do {
    await delay(1_000)
    batch = (await client.get<Batch>(`/api/batches/${id}`)).body
  } while (batch.state !== 'ended' && performance.now() - begun < LIMIT_MS)
  const ms = performance.now() - begun
  if (batch.counts.returned !== returns.length)
    throw new Error(`the batch did not return all: ${JSON.stringify(batch.counts)}`)
  return ms
}

export const batchSection: Section = {
  name: 'batch',
  title: 'Many at once, on the server',
  how:
    `A batch of ${NUMBERS} numbers, ${AT_A_TIME} at a time, every answer of Vida’s after ${LATENCY_MS} ms. The ideal is ${ROUND_TRIPS} round trips for ` +
    `each number (account read, return, account read) ÷ ${AT_A_TIME}. A client asks for the batch every second meanwhile. Each account has 110 numbers, so that every answer is a big one. Memory is resident, settled, before and after, and after a second and a third batch like it.`,
  run: () =>
    withServers(
      ['--organizations', '5', '--accounts', '3', '--numbers', '110', '--latency', String(LATENCY_MS)],
      async ({ sandbox, app }) => {
        const client = await apiClient(app.url, sandbox.tokens.reseller)
        await client.events()
        const before = await settledMb(app)
        const returns = await placesIn(sandbox.control)
        const ms = await returnAll(client, returns.slice(0, NUMBERS))
        const after = await settledMb(app)
        await returnAll(client, returns.slice(NUMBERS, 2 * NUMBERS))
        const second = await settledMb(app)
        await returnAll(client, returns.slice(2 * NUMBERS, 3 * NUMBERS))
        const third = await settledMb(app)
        const ideal = (NUMBERS * ROUND_TRIPS * LATENCY_MS) / AT_A_TIME
        return [
          atMost(
            'duration against the ideal',
            ms / ideal,
            1.2,
            '×',
            `${NUMBERS} numbers in ${(ms / 1000).toFixed(1)} s.`,
          ),
          atMost(
            'resident memory left',
            after.rss - before.rss,
            20,
            'MB',
            `From ${before.rss.toFixed(0)} MB. “Flat” is read as 20 MB. The heap in it: ${before.heap.toFixed(1)}, then ${after.heap.toFixed(1)} MB.`,
          ),
          atMost(
            'resident memory left by a second batch',
            second.rss - after.rss,
            5,
            'MB',
            'Whether it goes on growing once it is warm.',
          ),
          atMost(
            'heap left by a third batch',
            third.heap - second.heap,
            3.5,
            'MB',
            `From ${second.heap.toFixed(1)} MB. 5 MB and more if the answer to each return were kept.`,
          ),
        ]
      },
    ),
}
