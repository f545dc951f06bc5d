import { expect, test } from '@playwright/test'
import { NO_POSTGRES, postgresServer } from '../support/postgres.ts'
import { runWhole } from '../support/whole.ts'

test.describe.configure({ timeout: 180_000 })

test('three instances, one killed, one stopped, one upgraded, and a restart of PostgreSQL: each number is sent once, every receipt is true, nothing is lost', async () => {
  const server = await postgresServer()
  test.skip(server === null, NO_POSTGRES)
  if (!server) return
  try {
    const result = await runWhole(server, { hierarchy: [4, 5, 6], singles: 20, batches: 2, batchSize: 45 })
    expect(result.faults).toEqual([])
    test.info().annotations.push({ type: 'result', description: JSON.stringify(result) })
    // What an instance had not sent when it ended stays where it was.
    expect(result.returned).toBeGreaterThan(90)
    expect(result.continued, 'batches whose instance ended').toBeGreaterThan(0)
  } finally {
    await server.stop()
  }
})
