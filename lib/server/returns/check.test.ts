import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { recordOf } from '@/lib/domain/returns/testing/records'
import { testContext } from '@/lib/server/context/testing/context'
import { sessionAt } from '@/lib/server/session/testing/sessions'
import { VidaFailure } from '@/lib/server/vida/failure'
import { scheduleChecks } from './check'

const TARGET = { receiptId: 'R-1', number: '+12145550101', accountId: '1', outcome: 'returned' } as const
const MINUTE = 60_000

/** A server whose time passes only in its sleeps and by `pass`. */
function server(isReadable: () => boolean) {
  let now = 0
  let reads = 0
  const held = { number: TARGET.number, label: null, provider: null, sms: null }
  const numbers = async () => {
    reads += 1
    if (!isReadable()) throw new VidaFailure('read_failed', 500)
    return { numbers: [held], odd: [], isProof: true }
  }
  const ctx = testContext({
    clock: {
      now: () => now,
      sleep: async (ms) => {
        now += ms
      },
    },
    // Only this call of the client is made.
    vida: () => ({ numbers }) as unknown as ReturnType<Parameters<typeof scheduleChecks>[0]['vida']>,
    ledger: { append: async () => recordOf() },
    snapshots: { patch: async () => {} },
  })
  const readsAfter = async (ms: number) => {
    now += ms
    const before = reads
    scheduleChecks(ctx, sessionAt('http://127.0.0.1:1'), TARGET)
    await delay(20)
    return reads - before
  }
  return { readsAfter }
}

it('repeats a series of which no read succeeded, after pauses that grow from one minute to fifteen', async () => {
  const { readsAfter } = server(() => false)
  expect(await readsAfter(0)).toBe(4)
  for (const minutes of [1, 2, 4, 8, 15, 15]) {
    expect(await readsAfter(minutes * MINUTE - 1)).toBe(0)
    expect(await readsAfter(1)).toBe(4)
  }
})

it('does not repeat a series of which one read succeeded, though the number is still there', async () => {
  let tries = 0
  const { readsAfter } = server(() => tries++ === 6)
  expect(await readsAfter(0)).toBe(4)
  expect(await readsAfter(MINUTE)).toBe(4)
  expect(await readsAfter(60 * MINUTE)).toBe(0)
})
