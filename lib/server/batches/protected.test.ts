import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type Sandbox, startSandbox } from '@/e2e/vida-sandbox/sandbox'
import type { ProtectionTarget } from '@/lib/domain/protections/protection'
import { type BatchScenario, NUMBERS, openBatchScenario } from '@/lib/server/batches/testing/batch-scenario'
import { lift, protect } from '@/lib/server/protections/protections'
import { holdReturn, returnNumber } from '@/lib/server/returns/return-number'
import { readBatch, startBatch } from './batches'

const place = { number: '+12145550101', accountId: '100001' }
const second = { number: '+12145550102', accountId: '100001' }
const SAID = { reason: null, note: null }

let sandbox: Sandbox
let scenario: BatchScenario
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  scenario = await openBatchScenario(sandbox)
})

const guard = (target: ProtectionTarget) => protect(scenario.ctx, scenario.session, { ...target, reason: 'Main line' })

it('a protected number is refused alone, held, by hand and in a batch, and nothing is written or sent', async () => {
  const { ctx, session } = scenario
  const byHand = { ...SAID, number: place.number, accountId: null }
  const ways = {
    alone: () => returnNumber(ctx, session, { ...SAID, ...place }),
    held: () => holdReturn(ctx, session, { ...SAID, ...place }, 8_000),
    'by hand': () => returnNumber(ctx, session, byHand),
    'by hand, held': () => holdReturn(ctx, session, byHand, 8_000),
    'in a batch': () => startBatch(ctx, session, { ...SAID, returns: [place, second] }),
  }
  const targets: ProtectionTarget[] = [
    { level: 'number', target: place.number },
    { level: 'account', target: place.accountId },
    { level: 'organization', target: '8001' },
  ]
  for (const target of targets) {
    const { id } = await guard(target)
    for (const [way, act] of Object.entries(ways))
      await expect(act(), `${target.level}, ${way}`).rejects.toMatchObject({ code: 'protected' })
    await lift(ctx, session, id, 'Closed')
  }
  expect(await scenario.posts()).toEqual([])
  expect(await returnNumber(ctx, session, { ...SAID, ...place })).toMatchObject({ outcome: 'returned' })
})

it('a batch goes on without the number that is protected while it is held', async () => {
  const { ctx, session } = scenario
  const { id } = await startBatch(ctx, session, { ...SAID, returns: NUMBERS, holdMs: 60_000 })
  await guard({ level: 'number', target: second.number })
  await vi.waitFor(async () => expect((await readBatch(ctx, session, id)).state).toBe('ended'), 20_000)
  const batch = await readBatch(ctx, session, id)
  expect(batch).toMatchObject({ reason: 'finished', counts: { returned: 2, not_sent: 1 } })
  expect(batch.items.find(({ number }) => number === second.number)).toMatchObject({
    outcome: 'not_sent',
    receiptId: expect.stringMatching(/^R-/),
    message: expect.stringContaining('protected'),
  })
  expect(await scenario.posts()).not.toContain(second.number)
})
