import { beforeEach, describe, expect, it, vi } from 'vitest'
import { recordOf } from '@/lib/domain/returns/testing/records'
import type { Context } from '@/lib/server/context/context'
import { testContext } from '@/lib/server/context/testing/context'
import { LedgerConflict, LedgerUnavailable } from '@/lib/server/ledger/errors'
import type { Ledger } from '@/lib/server/ledger/types'
import { appendWithRetry } from './append-with-retry'

const append = vi.fn<Ledger['append']>()
let ctx: Context

const RECEIPT = 'R-1JD3K8Q2M-7XK2P9QWE4RT'
const EVENT = { outcome: 'returned', how: 'vida_answered' } as const

function failing(times: number): void {
  for (let count = 0; count < times; count++) append.mockRejectedValueOnce(new LedgerUnavailable('TEST'))
  append.mockResolvedValue(recordOf())
}

describe('appending an outcome', () => {
  beforeEach(() => {
    append.mockReset()
    ctx = testContext({ ledger: { append } })
  })

  it('is done once where the ledger answers', async () => {
    failing(0)
    await appendWithRetry(ctx, RECEIPT, EVENT)
    expect(append.mock.calls).toEqual([[RECEIPT, EVENT]])
  })

  it('retries while the ledger is unavailable for a moment', async () => {
    failing(2)
    await appendWithRetry(ctx, RECEIPT, EVENT)
    expect(append).toHaveBeenCalledTimes(3)
  })

  it('retries in the background while the ledger stays unavailable, and a shutdown waits for it', async () => {
    failing(5)
    await appendWithRetry(ctx, RECEIPT, EVENT)
    expect(append).toHaveBeenCalledTimes(3)
    await ctx.shutdown.stopAll(10_000)
    expect(append).toHaveBeenCalledTimes(6)
  })

  it('records Vida’s answer as a contradiction when the return was settled otherwise', async () => {
    append.mockRejectedValueOnce(new LedgerConflict(RECEIPT, 'not_returned', 'returned')).mockResolvedValue(recordOf())
    await appendWithRetry(ctx, RECEIPT, EVENT)
    expect(append.mock.calls.slice(1)).toEqual([[RECEIPT, { ...EVENT, outcome: 'not_returned', how: 'contradicted' }]])
  })

  it('ends when the ledger has another outcome and the event is no answer of Vida’s', async () => {
    append.mockRejectedValue(new LedgerConflict(RECEIPT, 'not_sent', 'not_sent'))
    await appendWithRetry(ctx, RECEIPT, { outcome: 'unknown', how: 'no_answer' })
    expect(append).toHaveBeenCalledTimes(1)
  })
})
