'use client'

import { useEffect, useLayoutEffect, useRef } from 'react'
import { useActions } from '@/components/ui/actions'
import { IconButton } from '@/components/ui/button'
import { useFirstInput } from '@/components/ui/first-input'
import { focusLast, MODAL } from '@/components/ui/focus'
import { Icon } from '@/components/ui/icon'
import { useOnDemand } from '@/components/ui/on-demand'
import { useToast } from '@/components/ui/toast'
import { useActivity, useActivityPanel } from './activity-context'

const load = () => import('./activity-list')

const isInside = (target: EventTarget | null, selector: string) =>
  target instanceof Element && target.closest(selector) !== null

/** What a press may hit without closing the panel: itself, its button, and what lies on top of it. */
const KEEPS_OPEN = '#activity, [data-activity-button], [role$="dialog"], [data-toast], .veil'

/** Stays open while a person works in it; a press beside it, a link in it and Escape close it. */
export function ActivityPanel() {
  const { open, close, justBegun } = useActivityPanel()
  const { toggle } = useActivity()
  const toast = useToast()
  useActions({ activity: toggle })
  const { Loaded: List, fetchCode, fetchEarly } = useOnDemand(load)
  const panel = useRef<HTMLElement>(null)
  useFirstInput(fetchEarly)
  useLayoutEffect(() => {
    if (!open) return
    const before = document.activeElement
    return () => {
      const now = document.activeElement
      if (now === document.body || panel.current?.contains(now)) focusLast(before)
    }
  }, [open])
  useEffect(() => {
    if (!open) return
    // A batch that was just started has it already.
    if (!panel.current?.contains(document.activeElement)) panel.current?.focus({ preventScroll: true })
    fetchCode().catch(() => {
      close()
      toast('Activity could not be loaded. Reload the page and try again.', 'failure')
    })
    const press = ({ target }: Event) => {
      if (!isInside(target, KEEPS_OPEN)) close()
    }
    const key = (event: KeyboardEvent) => {
      if (
        event.key !== 'Escape' ||
        event.defaultPrevented ||
        event.isComposing ||
        document.querySelector(`${MODAL}, :popover-open`)
      )
        return
      event.preventDefault()
      close()
    }
    const followed = ({ target }: Event) => {
      if (isInside(target, 'a[href]')) close()
    }
    const section = panel.current
    section?.addEventListener('click', followed)
    window.addEventListener('pointerdown', press, { capture: true })
    // Before the dialogs' own listeners, which close them.
    window.addEventListener('keydown', key, { capture: true })
    return () => {
      section?.removeEventListener('click', followed)
      window.removeEventListener('pointerdown', press, { capture: true })
      window.removeEventListener('keydown', key, { capture: true })
    }
  }, [open, close, fetchCode, toast])
  return (
    // Below the header, or at the window's top once that is scrolled away.
    <div className="sticky top-2 z-40 h-0">
      <section
        ref={panel}
        id="activity"
        aria-label="Activity"
        tabIndex={-1}
        hidden={!open}
        data-focus-next="line"
        // Below the page's own actions; as it opens by itself, above the rows, too.
        className={`absolute top-11 right-0 ${justBegun ? 'sm:max-h-80' : ''} max-h-[calc(100dvh-9rem)] w-100 max-w-full overflow-y-auto overscroll-contain rounded-panel border border-line bg-surface shadow-lift outline-none max-sm:fixed max-sm:inset-x-0 max-sm:top-auto max-sm:bottom-0 max-sm:max-h-[75dvh] max-sm:w-auto max-sm:rounded-b-none max-sm:rounded-t-sheet max-sm:pb-[max(0.75rem,env(safe-area-inset-bottom))]`}
      >
        <div className="sticky top-0 z-10 flex items-center gap-2 border-b border-line bg-surface py-1.5 pr-2 pl-4">
          <h2 className="grow font-semibold">Activity</h2>
          <IconButton label="Close activity" size="small" onClick={close}>
            <Icon name="close" />
          </IconButton>
        </div>
        {open && List && <List />}
      </section>
    </div>
  )
}
