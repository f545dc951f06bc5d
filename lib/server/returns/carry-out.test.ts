import { setTimeout as passing } from 'node:timers'
import { describe, expect, it, vi } from 'vitest'
import { MARK_AFTER_MS } from '@/lib/domain/returns/settling'
import { LedgerUnavailable } from '@/lib/server/ledger/errors'
import { LEASE_MS } from '@/lib/server/returns/testing/model-run'
import {
  app,
  ask,
  eventually,
  pass,
  posts,
  reads,
  run,
  sandbox,
  slowApp,
  startRuns,
  steps,
  theRecord,
  treat,
} from '@/lib/server/returns/testing/scenario'
import { checkAgain, markNotReturned, settleOrphans } from './reconcile'

startRuns()

describe('a return request that is not answered in time', () => {
  it('is returned by reading when the work was done before', async () => {
    await treat({ work: 'now', answer: { kind: 'hang' } })
    expect(await ask().answer).toMatchObject({ outcome: 'returned' })
    expect(await steps()).toEqual(['sending: open', 'no_answer: unknown', 'read_after: returned'])
    expect(await posts()).toHaveLength(1)
  })

  it('stays unknown when the work was never done, and is read for four times', async () => {
    await treat({ work: 'never', answer: { kind: 'hang' } })
    expect(await ask().answer).toMatchObject({ outcome: 'unknown' })
    await sandbox.control.waitFor({ ...reads(), settled: true }, 5)
    await eventually(async () => {
      const checked = Array.from({ length: 4 }, () => 'read_after: unknown')
      expect(await steps()).toEqual(['sending: open', 'no_answer: unknown', ...checked])
    })
    expect(await posts()).toHaveLength(1)
  })

  it('is found to be returned by a later check when the work was done 20 s later', async () => {
    // A hundred times faster: after the check at 10 s, before the one at 30 s.
    await treat({ work: { afterMs: 260 }, answer: { kind: 'hang' } })
    expect(await ask().answer).toMatchObject({ outcome: 'unknown' })
    await eventually(async () => expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true }))
    expect(await posts()).toHaveLength(1)
  })
})

describe('a server that fails', () => {
  it('sends nothing when it was suspended so long after the event `sending` that its return was settled', async () => {
    const { confirmation, answer } = ask({ kind: 'freeze', at: 'sending', when: 'after' })
    await app.silent
    pass(400_000)
    await settleOrphans(run.at(1).ctx, run.session)
    const { receiptId } = await theRecord()
    await markNotReturned(run.at(1).ctx, run.session, receiptId)
    app.thaw()
    await expect(answer).rejects.toMatchObject({ code: 'ledger_unavailable' })
    expect(confirmation.attempts).toEqual([])
    expect(await theRecord()).toMatchObject({ outcome: 'not_returned' })
  })

  it('sends nothing when another one has settled its return before the event `sending`', async () => {
    const { confirmation, answer } = ask({ kind: 'freeze', at: 'sending', when: 'before' })
    await app.silent
    pass(LEASE_MS)
    await settleOrphans(run.at(1).ctx, run.session)
    app.thaw()
    await expect(answer).rejects.toMatchObject({ code: 'ledger_unavailable' })
    expect(confirmation.attempts).toEqual([])
    expect(await steps()).toEqual(['server_stopped: not_sent'])
  })

  it('still records what Vida answered after another one has settled its return as unknown', async () => {
    await treat({ answer: { kind: 'status', status: 409, message: 'In use' } })
    const { answer } = ask({ kind: 'freeze', at: 'request', when: 'after' })
    await app.silent
    pass(LEASE_MS)
    await settleOrphans(run.at(1).ctx, run.session)
    expect(await theRecord()).toMatchObject({ outcome: 'unknown' })
    app.thaw()
    expect(await answer).toMatchObject({ outcome: 'refused', message: 'In use' })
    expect(await theRecord()).toMatchObject({ outcome: 'refused', message: 'In use' })
  })

  it('sends nothing when it is asked to end while the connection is made', async () => {
    const { confirmation, answer } = ask({ kind: 'freeze', at: 'connect', when: 'after' })
    await app.silent
    const stopped = app.ctx.shutdown.stopAll(10_000)
    app.thaw()
    await expect(answer).rejects.toMatchObject({ code: 'stopping' })
    await stopped
    expect(confirmation.attempts).toEqual([])
    expect(await steps()).toEqual(['server_stopped: not_sent'])
  })

  it('appends Vida’s answer as a contradiction when a person had marked the return as not returned', async () => {
    await treat({ work: 'never' })
    const { answer } = ask({ kind: 'freeze', at: 'request', when: 'after' })
    await app.silent
    pass(MARK_AFTER_MS)
    const other = run.at(1).ctx
    await settleOrphans(other, run.session)
    const { receiptId } = await theRecord()
    expect(await markNotReturned(other, run.session, receiptId)).toMatchObject({ outcome: 'not_returned' })
    app.thaw()
    expect(await answer).toMatchObject({ outcome: 'returned' })
    const record = await theRecord()
    expect(record).toMatchObject({ outcome: 'not_returned', contradiction: expect.stringMatching(/./) })
    expect(record.events.map(({ how }) => how)).toContain('contradicted')
  })

  it('leaves an unknown that a new server settles by reading after a crash', async () => {
    const crashed = slowApp()
    void ask({ kind: 'crash', at: 'request', when: 'after' }, crashed)
    await crashed.silent
    await crashed.settled()
    const next = run.app()
    await settleOrphans(next.ctx, run.session)
    expect(await theRecord()).toMatchObject({ outcome: 'open' })
    pass(LEASE_MS)
    await settleOrphans(next.ctx, run.session)
    await eventually(async () => {
      expect(await steps()).toEqual(['sending: open', 'server_stopped: unknown', 'read_after: returned'])
    })
    expect(await posts()).toHaveLength(1)
  })

  it.each([
    { work: 'never', means: 'refused', verified: false },
    { work: 'now', means: 'already_gone', verified: true },
  ] as const)('leaves a 404 that a new server finds to be $means after a crash', async ({ work, means, verified }) => {
    await treat({ work, answer: { kind: 'status', status: 404, message: 'No such number' } })
    void ask({ kind: 'crash', at: 'read after', when: 'before' })
    await app.silent
    expect(await steps()).toEqual(['sending: open', 'vida_answered: open'])
    pass(LEASE_MS)
    await settleOrphans(run.app().ctx, run.session)
    await eventually(async () => {
      expect((await steps()).slice(2)).toEqual(['server_stopped: unknown', `read_after: ${means}`])
    })
    expect(await theRecord()).toMatchObject({ outcome: means, message: 'No such number', verified })
  })

  it('leaves a 404 that a person’s check settles where the new server’s own reading failed', async () => {
    await treat({ answer: { kind: 'status', status: 404 } })
    void ask({ kind: 'crash', at: 'read after', when: 'before' })
    await app.silent
    pass(LEASE_MS)
    await sandbox.control.fault({ match: reads(), times: 12, effect: { answer: { kind: 'status', status: 500 } } })
    const next = run.app()
    await settleOrphans(next.ctx, run.session)
    await sandbox.control.waitFor({ ...reads(), status: 500, settled: true }, 12)
    const { receiptId, outcome } = await theRecord()
    expect(outcome).toBe('unknown')
    const record = await checkAgain(next.ctx, run.session, receiptId)
    expect(record).toMatchObject({ outcome: 'refused', verified: false })
  })

  it('leaves a returned number that a new server checks once after a crash, and not before the lease is over', async () => {
    void ask({ kind: 'crash', at: 'read after', when: 'before' })
    await app.silent
    expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: null })
    const next = run.app()
    // Not yet: the app that sent it may be about to read the account.
    await settleOrphans(next.ctx, run.session)
    expect(Object.hasOwn(next.state, Symbol.for('numberdesk.checks'))).toBe(false)
    pass(LEASE_MS + 1)
    for (let request = 0; request < 2; request++) await settleOrphans(next.ctx, run.session)
    await eventually(async () => expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true }))
    expect(await steps()).toEqual(['sending: open', 'vida_answered: returned', 'read_after: returned'])
    expect(await posts()).toHaveLength(1)
  })

  it('renews its lease while the request is in progress, however long that takes', async () => {
    vi.useRealTimers()
    const other = run.app({ leaseMs: 1_200, returnMs: 10_000 })
    const waiting = await treat({ waitAfterWork: true })
    const { answer } = ask(null, other)
    await sandbox.control.waitFor({ path: 'phoneNumber/return', worked: true })
    await new Promise((resolve) => passing(resolve, 2_500))
    await settleOrphans(run.at(1).ctx, run.session)
    expect(await steps()).toEqual(['sending: open'])
    await sandbox.control.release(waiting)
    expect(await answer).toMatchObject({ outcome: 'returned' })
  })
})

describe('a ledger that fails', () => {
  it.each(['before', 'after'] as const)('at the intent (%s it is written): nothing is sent', async (when) => {
    const { confirmation, answer } = ask({ kind: 'ledger fails', at: 'intent', when })
    await expect(answer).rejects.toMatchObject({ name: 'LedgerUnavailable' })
    expect(confirmation.attempts).toEqual([])
  })

  it('for longer than the lease after the event `sending`: the record says that nothing was sent, once it can', async () => {
    const { append } = app.ledger
    const { answer } = ask({ kind: 'ledger fails', at: 'sending', when: 'after' })
    const unavailable = vi.spyOn(app.ledger, 'append').mockImplementation(async (...args) => {
      const [, { how }] = args
      if (how === 'not_recorded') throw new LedgerUnavailable('TEST')
      return append(...args)
    })
    await expect(answer).rejects.toMatchObject({ name: 'LedgerUnavailable' })
    pass(LEASE_MS)
    await settleOrphans(run.at(1).ctx, run.session)
    expect(await theRecord()).toMatchObject({ outcome: 'unknown' })
    unavailable.mockRestore()
    await eventually(async () => expect(await theRecord()).toMatchObject({ outcome: 'not_sent' }))
  })

  it.each(['before', 'after'] as const)('at the event `sending` (%s it is written): nothing is sent', async (when) => {
    const { confirmation, answer } = ask({ kind: 'ledger fails', at: 'sending', when })
    await expect(answer).rejects.toMatchObject({ name: 'LedgerUnavailable' })
    expect(confirmation.attempts).toEqual([])
    const sending = when === 'after' ? ['sending: open'] : []
    await eventually(async () => expect(await steps()).toEqual([...sending, 'not_recorded: not_sent']))
    expect(await ask().answer).toMatchObject({ outcome: 'returned' })
  })

  it.each(['before', 'after'] as const)('at the outcome (%s it is written): it is written again', async (when) => {
    const { confirmation, answer } = ask({ kind: 'ledger fails', at: 'outcome', when })
    expect(await answer).toMatchObject({ outcome: 'returned', message: 'Success' })
    expect(confirmation.attempts).toHaveLength(1)
    expect(await theRecord()).toMatchObject({ outcome: 'returned', message: 'Success', verified: true })
  })
})
