'use client'

import { ACTION_LINES } from '@/components/ui/action-list'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { setShortcutsOn, useShortcutsOn } from '@/lib/client/storage/shortcuts'

export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const on = useShortcutsOn()
  return (
    <Dialog open onClose={onClose} title="Keys">
      <div className="grid gap-4 px-5 pt-3 pb-5">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2">
          {ACTION_LINES.filter(({ keys }) => keys.length > 0).map(({ keys, label }) => (
            <div key={label} className="contents">
              <dt className="flex gap-1">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd>{label}</dd>
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
