import { isoDay } from '@/lib/client/format/format'
import { numbersCsv } from '@/lib/domain/inventory/csv'
import type { NumberRow } from '@/lib/domain/inventory/rows'

/** Has the browser save the rows as `<what>-<the person's day>.csv`; an incomplete list is called so in the name. */
export function downloadNumbers(rows: readonly NumberRow[], what: string, { incomplete = false } = {}): void {
  const url = URL.createObjectURL(new Blob([numbersCsv(rows)], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${what}-${isoDay(new Date())}${incomplete ? '-incomplete' : ''}.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
