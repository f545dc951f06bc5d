'use client'

import { useMemo } from 'react'
import { numbersFile } from '@/components/inventory/numbers-file'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { ExportButton } from '@/components/ui/export-button'
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
  if (count === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: actions on a selection are no form, which is what a fieldset groups
    <div
      role="group"
      aria-label="Selection"
      data-selection-bar=""
      data-focus-next="line"
      // Not sticky where enlarged text would have it cover a phone's page.
      className="sticky bottom-[min(0.75rem,calc((100vw-16rem)*1000))] z-30 short:static mt-3 flex flex-wrap items-center gap-2 rounded-panel border border-line bg-surface px-4 py-2 shadow-lift max-sm:gap-1.5 max-sm:px-3 max-sm:*:px-3"
    >
      <p className="mr-auto font-medium tabular-nums max-sm:px-0!">
        <span>{`${formatCount(count)} selected`}</span>
        {hidden > 0 && <span>{`, ${formatCount(hidden)} not shown`}</span>}
      </p>
      <Button onClick={() => selection.setAlone(!selection.alone)}>
        {selection.alone ? 'Show all rows' : 'Show selection'}
      </Button>
      <Button aria-label="Clear selection" onClick={selection.clear}>
        Clear
      </Button>
      <CopyButton
        text={() => selection.rows.map(({ number }) => number).join('\n')}
        said={`${plural(count, 'number')} copied.`}
      >
        Copy
      </CopyButton>
      <ExportButton label="Export the selection" file={() => numbersFile(selection.rows, 'selected-numbers')} />
      <Button variant="danger" aria-haspopup="dialog" onClick={onReturn} className="max-sm:grow">
        {`Return ${formatCount(count)} selected ${count === 1 ? 'number' : 'numbers'}`}
      </Button>
    </div>
  )
}
