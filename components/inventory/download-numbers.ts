import { isoDay } from '@/lib/client/format/format'
import { numbersCsv } from '@/lib/domain/inventory/csv'
import type { NumberRow } from '@/lib/domain/inventory/rows'

/** The same for the rows; an incomplete list is called so in the name. */
export function downloadNumbers(rows: readonly NumberRow[], what: string, { incomplete = false } = {}): void {
  saveCsv(numbersCsv(rows), what, incomplete ? '-incomplete' : '')
}

/** Has the browser save a CSV text as `<what>-<the person's day>.csv`. */
export function saveCsv(csv: string, what: string, ending = ''): void {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${what}-${isoDay(new Date())}${ending}.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
