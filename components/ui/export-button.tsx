'use client'

import { Menu } from './menu'
import { type Exported, useExport } from './use-export'

interface ExportButtonProps {
  /** The menu's accessible name, which begins with “Export”. */
  label?: string
  /** Called on a press, because the file may be long. */
  file: () => Exported
  /** Adds *Print*. */
  print?: () => void
}

export function ExportButton({ label = 'Export', file, print }: ExportButtonProps) {
  const save = useExport()
  return (
    <Menu
      label={label}
      button="Export"
      items={[
        { label: 'Export CSV', act: () => save({ ...file(), format: 'csv' }) },
        { label: 'Export XLSX', act: () => save({ ...file(), format: 'xlsx' }) },
        ...(print ? [{ label: 'Print', act: print }] : []),
      ]}
    />
  )
}
