'use client'

import { useActions } from '@/components/ui/actions'
import { ExportButton } from '@/components/ui/export-button'
import { useExport } from '@/components/ui/use-export'
import { isoDay } from '@/lib/client/format/format'
import { fetchReturnsCsv, type ReturnsFilter } from '@/lib/client/queries/returns'

/** All returns that match, by the button and in the palette. */
export function HistoryExport({ filter, print }: { filter: ReturnsFilter; print: () => void }) {
  const save = useExport()
  const file = () => ({ name: `returns-${isoDay(new Date())}`, csv: () => fetchReturnsCsv(filter) })
  useActions({
    exportCsv: () => save({ ...file(), format: 'csv' }),
    exportXlsx: () => save({ ...file(), format: 'xlsx' }),
    print,
  })
  return <ExportButton file={file} print={print} />
}
