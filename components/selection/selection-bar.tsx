'use client'

import { useMemo } from 'react'
import { numbersFile } from '@/components/inventory/numbers-file'
import { useUses } from '@/components/inventory/use-uses'
import { Button, IconButton } from '@/components/ui/button'
import { CopyButton, useCopy } from '@/components/ui/copy-button'
import { ExportButton } from '@/components/ui/export-button'
import { usePhone } from '@/components/ui/hydration'
import { Icon } from '@/components/ui/icon'
import { Menu } from '@/components/ui/menu'
import { useExport } from '@/components/ui/use-export'
import { formatCount, plural } from '@/lib/client/format/format'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import type { SelectionModel } from './use-selection'

interface SelectionBarProps {
  selection: SelectionModel
  /** What the search and the filters leave. */
  listed: readonly NumberRow[]
  onReturn: () => void
}

export function SelectionBar({ selection, listed, onReturn }: SelectionBarProps) {
  const { rows } = selection
  const count = rows.length
  const hidden = useMemo(() => {
    if (rows.length === 0) return 0
    const keys = new Set(listed.map(({ key }) => key))
    return rows.filter(({ key }) => !keys.has(key)).length
  }, [rows, listed])
  const phone = usePhone()
  const copy = useCopy()
  const save = useExport()
  const uses = useUses()
  if (count === 0) return null
  const alone = {
    label: selection.alone ? 'Show all rows' : 'Show selection',
    act: () => selection.setAlone(!selection.alone),
  }
  const text = () => rows.map(({ number }) => number).join('\n')
  const said = `${plural(count, 'number')} copied.`
  const file = () => numbersFile(rows, 'selected-numbers', { uses })
  return (
    // biome-ignore lint/a11y/useSemanticElements: actions on a selection are no form, which is what a fieldset groups
    <div
      role="group"
      aria-label="Selection"
      data-selection-bar=""
      data-focus-next="line"
      // Not sticky where enlarged text would have it cover a phone's page.
      className="sticky bottom-[min(0.75rem,calc((100vw-16rem)*1000))] z-30 short:static mt-3 flex flex-wrap items-center gap-2 rounded-panel border border-line bg-surface px-4 py-2 shadow-lift max-sm:gap-1 max-sm:py-1 max-sm:pr-1 max-sm:pl-3"
    >
      <p className="mr-auto font-medium tabular-nums">
        <span>{`${formatCount(count)} selected`}</span>
        {hidden > 0 && <span className="max-sm:block max-sm:text-xs">{`, ${formatCount(hidden)} not shown`}</span>}
      </p>
      {phone ? (
        <>
          <IconButton label="Clear selection" onClick={selection.clear}>
            <Icon name="close" />
          </IconButton>
          <Menu
            label="More for the selection"
            button={<Icon name="more" />}
            variant="ghost"
            className="min-w-11 px-0!"
            items={[
              { label: alone.label, act: alone.act },
              { label: 'Copy', act: () => void copy(text(), said) },
              { label: 'Export CSV', act: () => save({ ...file(), format: 'csv' }) },
              { label: 'Export XLSX', act: () => save({ ...file(), format: 'xlsx' }) },
            ]}
          />
        </>
      ) : (
        <>
          <Button onClick={alone.act}>{alone.label}</Button>
          <Button aria-label="Clear selection" onClick={selection.clear}>
            Clear
          </Button>
          <CopyButton text={text} said={said}>
            Copy
          </CopyButton>
          <ExportButton label="Export the selection" file={file} />
        </>
      )}
      <Button variant="danger" aria-haspopup="dialog" onClick={onReturn} className="max-sm:px-3!">
        <span>
          <span>{`Return ${formatCount(count)}`}</span>
          <span className="max-sm:sr-only">{` selected ${count === 1 ? 'number' : 'numbers'}`}</span>
        </span>
      </Button>
    </div>
  )
}
