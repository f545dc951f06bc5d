import { probed, settledMb } from '../bench/measure.ts'
import { expect, test } from '../support/fixtures.ts'
import { batchOf, batchThatIs, begin } from '../support/history.ts'
import { placesIn, postsIn, RETURN } from '../support/returns.ts'

/** It grows by 1 to 2 MB; by 5 and more if the answer to each return is kept. */
const FLAT_MB = 3.5

test.use({ sharedApp: null, appEnv: { ...probed('memory'), PRELOAD_ROUTES: '1' } })

// Accounts of 110 numbers make every answer a big one, so that whatever keeps them shows. Measured is the heap after its
// garbage was collected; resident memory also tells what the allocator holds back, which is noise.
test('five hundred numbers are returned with memory flat, while somebody watches', async ({ signIn, app, sandbox }) => {
  test.setTimeout(240_000)
  await sandbox.control.reset({ size: { organizations: 5, accountsPerOrganization: 1, numbersPerAccount: 110 } })
  const client = await signIn()
  await client.events()
  const places = await placesIn(sandbox.control)
  // What is made once, by the first returns, is no growth.
  await batchOf(client, places.slice(500, 550))
  const before = await settledMb(app)

  const id = await begin(client, places.slice(0, 500))
  for (const sent of [150, 300]) await sandbox.control.waitFor(RETURN, sent)
  const during = await settledMb(app)
  const batch = await batchThatIs(client, id, 'ended')
  const after = await settledMb(app)

  expect(batch.counts).toMatchObject({ returned: 500, waiting: 0 })
  expect(await postsIn(sandbox.control)).toHaveLength(550)
  expect(during.heap - before.heap, 'heap half-way, MB').toBeLessThan(FLAT_MB)
  expect(after.heap - before.heap, 'heap afterwards, MB').toBeLessThan(FLAT_MB)
})
