import { pathToFileURL } from 'node:url'
import { memoryFlags, settledMb } from '../bench/measure.ts'
import type { ApiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { postsIn } from '../support/returns.ts'

const RETURN = { method: 'POST', path: 'phoneNumber/return' } as const
/** It grows by 1 to 2 MB; by 5 and more if the answer to each return is kept. */
const FLAT_MB = 3.5

interface Batch {
  id: string
  state: string
  counts: Record<string, number>
}

async function ended(client: ApiClient, id: string): Promise<Batch> {
  let batch: Batch | null = null
  const read = async () => {
    batch = (await client.get<Batch>(`/api/batches/${id}`)).body
    return batch.state
  }
  await expect.poll(read, { timeout: 60_000, intervals: [1_000] }).toBe('ended')
  if (!batch) throw new Error('the batch was never read')
  return batch
}

test.use({
  appEnv: { NODE_OPTIONS: `--import ${pathToFileURL('e2e/bench/memory-probe.mjs').href} ${memoryFlags()}` },
})

// Accounts of 110 numbers make every answer a big one, so that whatever keeps them shows. Measured is the heap after its
// garbage was collected; resident memory also tells what the allocator holds back, which is noise.
test('five hundred numbers are returned with memory flat, while somebody watches', async ({ signIn, app, sandbox }) => {
  test.setTimeout(150_000)
  await sandbox.control.reset({ size: { organizations: 5, accountsPerOrganization: 1, numbersPerAccount: 110 } })
  const client = await signIn()
  await client.events()
  const held = (await sandbox.control.numbers()).filter(({ accountId }) => accountId.startsWith('1000'))
  const begin = async (from: number, to: number) => {
    const returns = held.slice(from, to).map(({ number, accountId }) => ({ number, accountId }))
    return (await client.post<Batch>('/api/batches', { returns, note: null })).body
  }
  // What is made once, by the first returns, is no growth.
  await ended(client, (await begin(500, 550)).id)
  const before = await settledMb(app)

  const { id } = await begin(0, 500)
  for (const sent of [150, 300]) await sandbox.control.waitFor(RETURN, sent)
  const during = await settledMb(app)
  const batch = await ended(client, id)
  const after = await settledMb(app)

  expect(batch.counts).toMatchObject({ returned: 500, waiting: 0 })
  expect(await postsIn(sandbox.control)).toHaveLength(550)
  expect(during.heap - before.heap, 'heap half-way, MB').toBeLessThan(FLAT_MB)
  expect(after.heap - before.heap, 'heap afterwards, MB').toBeLessThan(FLAT_MB)
})
