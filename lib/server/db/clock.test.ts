import { expect, it, onTestFinished, vi } from 'vitest'
import { now } from '@/lib/server/process/clock'
import { createSessionStore } from '@/lib/server/session-store/session-store'
import { followClock } from './clock'
import { describePostgres } from './testing/databases'

const HOUR_MS = 3_600_000

describePostgres('the clock of instances that share a database', (open) => {
  it('is the database’s: one that is nine hours ahead ends nobody’s session, and its log says so', async () => {
    const { db } = await open()
    const sessions = createSessionStore(db)
    const account = {
      id: '9001',
      name: 'Bright Telecom',
      role: 'reseller',
      canReturn: true,
      foundByAsking: false,
    } as const
    const session = { id: 'a', identity: 'me', origin: 'https://api.vida.dev', account, root: null, operator: null }
    await sessions.open({ ...session, expiresAt: Date.now() + 8 * HOUR_MS })

    const rightTime = Date.now
    vi.spyOn(Date, 'now').mockImplementation(() => rightTime() + 9 * HOUR_MS)
    const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    onTestFinished(() => void vi.restoreAllMocks())
    const unfollow = await followClock(db)
    onTestFinished(unfollow)
    expect(String(log.mock.lastCall?.[0])).toMatch(/"warn","event":"clock_skewed","seconds":32400/)
    expect(Math.abs(now() - rightTime())).toBeLessThan(HOUR_MS)
    expect(await sessions.purge(now())).toBe(0)
    expect(await sessions.find('a', now())).toMatchObject({ identity: 'me' })
  })
})
