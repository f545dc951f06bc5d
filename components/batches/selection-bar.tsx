'use client'

import { useAnnounce } from '../shell/announcer'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { formatCount } from '../ui/format'
import type { SelectionModel } from './use-selection'

/** Stays in view while anything is chosen: how many, and what can be done with them. */
export function SelectionBar({ selection, onReturn }: { selection: SelectionModel; onReturn: () => void }) {
  const announce = useAnnounce()
  const count = selection.rows.length
  if (count === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: actions on a selection are no form, which is what a fieldset groups
    <div
      role="group"
      aria-label="Selection"
      className="sticky bottom-3 z-30 mt-3 flex flex-wrap items-center gap-2 rounded-panel border border-line bg-surface px-4 py-2 shadow-lift"
    >
      <p className="mr-auto font-medium tabular-nums">{formatCount(count)} selected</p>
      <Button aria-pressed={selection.alone} onClick={() => selection.setAlone(!selection.alone)}>
        {selection.alone ? 'Show all rows' : 'Show selection'}
      </Button>
      <CopyButton
        text={() => selection.rows.map(({ number }) => number).join('\n')}
        onCopied={(ok) =>
          announce(ok ? `${count} numbers copied.` : 'The browser did not allow copying.', ok ? 'result' : 'failure')
        }
      >
        Copy
      </CopyButton>
      <Button onClick={selection.clear}>Clear selection</Button>
      <Button look="danger" aria-haspopup="dialog" onClick={onReturn}>
        {`Return ${count} selected ${count === 1 ? 'number' : 'numbers'}`}
      </Button>
    </div>
  )
}
