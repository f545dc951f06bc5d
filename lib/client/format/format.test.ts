import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { formatAbroad, formatOnDay, isoDay } from './format'

describe('times of a receipt', () => {
  beforeAll(() => {
    vi.stubEnv('TZ', 'America/New_York')
  })
  afterAll(() => {
    vi.unstubAllEnvs()
  })

  it('name their time zone where somebody elsewhere reads them', () => {
    expect(formatAbroad('2026-11-24T15:04:05.000Z')).toMatch(/2026.*10:04:05.*EST/)
    expect(formatAbroad('2026-07-24T15:04:05.000Z')).toMatch(/11:04:05.*EDT/)
  })

  it('leave out a day that was said, as the person’s own calendar has it', () => {
    const said = '2026-11-24T04:59:00.000Z'
    expect(formatOnDay('2026-11-24T04:59:59.000Z', said)).toMatch(/^11:59:59/)
    expect(formatOnDay('2026-11-24T05:00:01.000Z', said)).toMatch(/24.*2026.*12:00:01/)
  })

  it('give a file the person’s day, which in the evening is not that of UTC', () => {
    expect(isoDay(new Date('2026-03-05T04:59:00.000Z'))).toBe('2026-03-04')
  })
})
