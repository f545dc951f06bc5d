'use client'

import {
  type ComponentProps,
  type KeyboardEventHandler,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
} from 'react'
import { IconButton } from './button'
import { Dialog } from './dialog'
import { focusAfterRemoval, MODAL } from './focus'
import { useIsDesk } from './hooks'
import { Icon } from './icon'

type SideDialogProps = Pick<ComponentProps<typeof Dialog>, 'open' | 'onClose' | 'title' | 'children'> & {
  /** The row of what it shows, which gets the focus afterwards. */
  belongsTo: () => HTMLElement | null
  onKeyDown: KeyboardEventHandler
  /** Another dialog is open below it. */
  modal?: boolean
}

/** For the flex container of a list, after it: on a desk a panel beside the list that is not modal, else a drawer. */
export function SideDialog({ open, modal = false, ...rest }: SideDialogProps) {
  const desk = useIsDesk()
  if (modal || !desk) return <Dialog side open={open} {...rest} />
  return open && <Panel {...rest} />
}

/** Between the panel and the window's lower edge, px. */
const GAP = 8

/** Tells the panel how much of the window is below its upper edge, which moves when the page is scrolled. */
function useRoom(panel: RefObject<HTMLElement | null>) {
  useLayoutEffect(() => {
    const measure = () => {
      const top = panel.current?.getBoundingClientRect().top ?? 0
      panel.current?.style.setProperty('--room', `${Math.round(window.innerHeight - top - GAP)}px`)
    }
    measure()
    // What stands above the list comes and goes.
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    window.addEventListener('scroll', measure, { passive: true })
    window.addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      window.removeEventListener('scroll', measure)
      window.removeEventListener('resize', measure)
    }
  }, [panel])
}

/** The panel takes the focus, and gives it to the row it shows, or to what opened it there. */
function usePanelFocus(panel: RefObject<HTMLElement | null>, belongsTo: () => HTMLElement | null) {
  const rowOf = useRef(belongsTo)
  useEffect(() => {
    rowOf.current = belongsTo
  })
  useLayoutEffect(() => {
    const here = panel.current
    const before = document.activeElement
    if (!document.querySelector(MODAL)) here?.focus({ preventScroll: true })
    return () => {
      if (!here?.contains(document.activeElement)) return
      focusAfterRemoval(() => {
        const row = rowOf.current()
        const next = !row || row.contains(before) ? before : row
        return next instanceof HTMLElement ? next : null
      })
    }
  }, [panel])
}

/** Escape closes it wherever the focus is, unless something lies on top of the page. */
function useEscape(onClose: () => void) {
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  // At once: a key can come before an ordinary effect runs.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, isComposing, repeat } = event
      if (key !== 'Escape' || event.defaultPrevented || isComposing || repeat) return
      if (document.querySelector(`${MODAL}, :popover-open, #activity:not([hidden])`)) return
      event.preventDefault()
      close.current()
    }
    // Before the dialogs' own listeners: what they close is still there.
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [])
}

function Panel({ onClose, title, belongsTo, onKeyDown, children }: Omit<SideDialogProps, 'open' | 'modal'>) {
  const panel = useRef<HTMLDivElement>(null)
  const titleId = useId()
  useRoom(panel)
  usePanelFocus(panel, belongsTo)
  useEscape(onClose)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it shows next begins at its top
  useLayoutEffect(() => {
    const content = panel.current?.querySelector('[data-scroll]') ?? panel.current
    content?.scrollTo({ top: 0 })
  }, [title])
  return (
    <div className="w-[clamp(21rem,30vw,30rem)] shrink-0">
      <div
        ref={panel}
        role="dialog"
        aria-modal={false}
        aria-labelledby={titleId}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        className="@container sticky top-[calc(var(--tools-cover)+0.5rem)] flex max-h-[max(16rem,var(--room))] min-h-[min(100%,max(16rem,var(--room)))] flex-col overflow-y-auto *:data-scroll:min-h-0 *:data-scroll:overflow-y-auto rounded-panel border border-line bg-surface -outline-offset-2"
      >
        <div className="sticky top-0 z-1 flex items-start gap-3 bg-surface py-2 pr-2 pl-5">
          <h2 id={titleId} aria-live="polite" className="min-w-0 grow pt-1 text-lg font-semibold wrap-anywhere">
            {title}
          </h2>
          <IconButton label="Close" onClick={onClose}>
            <Icon name="close" />
          </IconButton>
        </div>
        {children}
      </div>
    </div>
  )
}
