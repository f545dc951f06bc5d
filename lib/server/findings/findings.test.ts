import { expect, it } from 'vitest'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { createFindings } from './findings'

const NOON = Date.UTC(2026, 10, 24, 12)
const DAY_MS = 86_400_000

describeEachDatabase('the findings of an installation', (open) => {
  const opened = async () => {
    const { db, again } = await open()
    const clock = { time: NOON, now: () => clock.time }
    return { clock, db, findings: createFindings(db, clock), other: createFindings(await again(), clock) }
  }

  it('are kept for each identity, for every instance', async () => {
    const { findings, other } = await opened()
    expect(await findings.find('someone', 'inactive_listed')).toBeNull()
    await findings.note('someone', 'inactive_listed', true, NOON)
    await findings.note('someone', 'numbers_offered', false, NOON)
    expect(await other.find('someone', 'inactive_listed')).toBe(true)
    expect(await other.find('someone', 'numbers_offered')).toBe(false)
    expect(await other.find('somebody', 'inactive_listed')).toBeNull()
  })

  it('are trusted for a day, counted and removed after it', async () => {
    const { clock, db, findings } = await opened()
    await findings.note('someone', 'inactive_listed', true, NOON + 0.5)
    clock.time = NOON + DAY_MS - 1
    expect(await findings.find('someone', 'inactive_listed')).toBe(true)
    expect(await findings.countExpired()).toBe(0)
    clock.time = NOON + DAY_MS
    expect(await findings.find('someone', 'inactive_listed')).toBeNull()
    expect(await findings.countExpired()).toBe(1)
    await findings.note('somebody', 'numbers_offered', true, clock.time)
    const rows = await db.queries.selectFrom('findings').select('identity').execute()
    expect(rows).toEqual([{ identity: 'somebody' }])
    clock.time += DAY_MS
    expect(await findings.purge()).toBe(1)
    expect(await findings.countExpired()).toBe(0)
  })

  it('are replaced only by what was seen later, and never trusted before they were seen', async () => {
    const { clock, findings } = await opened()
    await findings.note('someone', 'inactive_listed', false, NOON)
    await findings.note('someone', 'inactive_listed', true, NOON - 1)
    expect(await findings.find('someone', 'inactive_listed')).toBe(false)
    await findings.note('someone', 'inactive_listed', true, NOON)
    expect(await findings.find('someone', 'inactive_listed')).toBe(true)
    clock.time = NOON - 1
    expect(await findings.find('someone', 'inactive_listed')).toBeNull()
    await findings.note('someone', 'inactive_listed', false, NOON - 1)
    expect(await findings.find('someone', 'inactive_listed')).toBe(false)
  })
})
