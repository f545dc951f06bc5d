'use client'

import { Dialog } from '@/components/ui/dialog'
import { setShortcutsOn, useShortcutsOn } from '@/lib/client/storage/shortcuts'

const KEYS: [keys: string[], meaning: string][] = [
  [['/'], 'Go to the search'],
  [['Enter', '↓'], 'In the search: go to the first row'],
  [['?'], 'Show this list'],
  [['g n'], 'Go to Numbers'],
  [['g h'], 'Go to History'],
  [['g a'], 'Open and close Activity'],
  [['j', '↓'], 'Next row'],
  [['k', '↑'], 'Previous row'],
  [['PageDown', 'PageUp'], 'Ten rows down and up'],
  [['Home', 'End'], 'First and last row'],
  [['Enter'], 'Open the row, or open and close a group'],
  [['x'], 'Select the row, or the whole group'],
  [['Shift ↓', 'Shift j'], 'Extend the selection; with ↑ and k upwards'],
  [['Ctrl A', '⌘ A'], 'Select all that match'],
  [['r'], 'Return the row’s number (asks first)'],
  [['Shift r'], 'Return the selected numbers (asks first)'],
  [['j', 'k'], 'On a number’s page or a receipt: the next and the previous one'],
  [['Ctrl Z', '⌘ Z'], 'Undo the newest return that is not sent yet'],
  [['Esc'], 'Close a dialog, else clear the search, else the selection'],
]

export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const on = useShortcutsOn()
  return (
    <Dialog open onClose={onClose} title="Keys">
      <div className="grid gap-4 px-5 pt-3 pb-5">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2">
          {KEYS.map(([keys, meaning]) => (
            <div key={meaning} className="contents">
              <dt className="flex gap-1">
                {keys.map((key) => (
                  <kbd key={key} className="rounded border border-control bg-canvas px-1.5 font-sans text-sm">
                    {key}
                  </kbd>
                ))}
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p className="text-sm text-ink-3">Keys for rows work while the focus is in the table.</p>
        <label className="flex min-h-8 items-center gap-2 max-sm:min-h-11">
          <input
            type="checkbox"
            checked={on}
            onChange={(event) => setShortcutsOn(event.target.checked)}
            className="size-4 accent-accent"
          />
          <span>/, ? and g work anywhere on the page</span>
        </label>
      </div>
    </Dialog>
  )
}
