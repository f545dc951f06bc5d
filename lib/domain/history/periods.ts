export const PERIODS = { week: 'Last week', month: 'Last month', quarter: 'Quarter' } as const
type Period = keyof typeof PERIODS
export const PERIOD_NAMES = ['week', 'month', 'quarter'] as const satisfies readonly Period[]

/** `YYYY-MM-DD`; months and dates beyond the calendar's count on. */
function day(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10)
}

/** The first and the last day of the previous calendar week (Monday to Sunday, ISO 8601), month or quarter. */
export function previous(period: Period, now: Date): { from: string; to: string } {
  const year = now.getFullYear()
  const month = now.getMonth()
  if (period === 'month') return { from: day(year, month - 1, 1), to: day(year, month, 0) }
  if (period === 'quarter') {
    const first = month - (month % 3)
    return { from: day(year, first - 3, 1), to: day(year, first, 0) }
  }
  const monday = now.getDate() - ((now.getDay() + 6) % 7)
  return { from: day(year, month, monday - 7), to: day(year, month, monday - 1) }
}
