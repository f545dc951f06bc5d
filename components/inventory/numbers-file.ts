import type { Exported } from '@/components/ui/use-export'
import { isoDay } from '@/lib/client/format/format'
import { numbersCsv } from '@/lib/domain/inventory/csv'
import type { NumberRow } from '@/lib/domain/inventory/rows'

/** The rows as `<what>-<the person's day>`; an incomplete list is called so in the name. */
export function numbersFile(rows: readonly NumberRow[], what: string, { incomplete = false } = {}): Exported {
  return {
    name: `${what}-${isoDay(new Date())}${incomplete ? '-incomplete' : ''}`,
    csv: () => new Response(numbersCsv(rows), { headers: { 'content-type': 'text/csv;charset=utf-8' } }),
  }
}
