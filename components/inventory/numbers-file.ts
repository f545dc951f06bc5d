import type { Exported } from '@/components/ui/use-export'
import { isoDay } from '@/lib/client/format/format'
import { numbersCsv } from '@/lib/domain/inventory/csv'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import type { Uses } from '@/lib/domain/inventory/unused'

/** The rows as `<what>-<the person's day>`; an incomplete list is called so in the name. */
export function numbersFile(
  rows: readonly NumberRow[],
  what: string,
  { uses, incomplete = false }: { uses: Uses; incomplete?: boolean },
): Exported {
  return {
    name: `${what}-${isoDay(new Date())}${incomplete ? '-incomplete' : ''}`,
    csv: () => new Response(numbersCsv(rows, uses), { headers: { 'content-type': 'text/csv;charset=utf-8' } }),
  }
}
