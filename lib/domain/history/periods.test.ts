import { expect, it } from 'vitest'
import { previous } from './periods'

it.each([
  ['week', '2026-11-28', '2026-11-16', '2026-11-22'],
  ['week', '2026-11-23', '2026-11-16', '2026-11-22'],
  ['week', '2026-11-22', '2026-11-09', '2026-11-15'],
  ['week', '2027-01-02', '2026-12-21', '2026-12-27'],
  ['month', '2026-11-30', '2026-10-01', '2026-10-31'],
  ['month', '2028-03-31', '2028-02-01', '2028-02-29'],
  ['month', '2027-01-01', '2026-12-01', '2026-12-31'],
  ['quarter', '2026-11-28', '2026-07-01', '2026-09-30'],
  ['quarter', '2027-02-10', '2026-10-01', '2026-12-31'],
  ['quarter', '2026-04-01', '2026-01-01', '2026-03-31'],
] as const)('the previous %s of %s is %s to %s', (period, today, from, to) => {
  expect(previous(period, new Date(`${today}T00:00:00`))).toEqual({ from, to })
  expect(previous(period, new Date(`${today}T23:59:59`))).toEqual({ from, to })
})
