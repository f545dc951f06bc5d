'use client'

import { type ComponentProps, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './button'
import { enterPanel, onPanelKey } from './popup-keys'

interface PopupProps {
  /** Of the button, for what opens it from elsewhere. */
  id?: string | undefined
  label: string
  button: ReactNode
  variant?: ComponentProps<typeof Button>['variant']
  className?: string
  /** Classes of the box around button and panel. */
  frame?: string
  /** Gets a function that closes it. */
  children: (close: () => void) => ReactNode
}

/** Wider than any panel, px: one that would leave the window opens to the left. */
const WIDTH = 320

/**
 * A button that shows a small panel below itself: Escape, a press outside or leaving it closes it. ArrowDown opens it, too,
 * and goes into it; see `onPanelKey`.
 */
export function Popup({ id, label, button, variant = 'secondary', className = '', frame = '', children }: PopupProps) {
  const [open, setOpen] = useState(false)
  const [leftwards, setLeftwards] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const enters = useRef(false)
  const typed = useRef({ text: '', at: 0 })
  const panelId = useId()

  useEffect(() => {
    if (!open) return
    if (enters.current && panel.current) enterPanel(panel.current)
    enters.current = false
    const leave = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', leave)
    document.addEventListener('focusin', leave)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('focusin', leave)
    }
  }, [open])

  /** `--room`: how much of the window is below the button, for what is long inside. Set before effects look at it. */
  const place = (element: HTMLDivElement | null) => {
    panel.current = element
    const bottom = root.current?.getBoundingClientRect().bottom ?? 0
    element?.style.setProperty('--room', `${window.innerHeight - bottom}px`)
  }
  const toggle = () => {
    const left = root.current?.getBoundingClientRect().left ?? 0
    setLeftwards(left + WIDTH > window.innerWidth)
    setOpen(!open)
    // Not every browser gives a pressed button the focus, and keys are heard where it is.
    trigger.current?.focus()
  }
  const close = () => {
    setOpen(false)
    trigger.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) {
      if (event.key !== 'ArrowDown') return
      event.preventDefault()
      enters.current = true
      toggle()
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      close()
    } else if (panel.current && trigger.current) onPanelKey(event, panel.current, trigger.current, typed.current)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys are heard from the controls inside; the box itself is no control.
    <div ref={root} className={`relative ${frame}`} onKeyDown={onKeyDown}>
      <Button
        ref={trigger}
        id={id}
        variant={variant}
        aria-label={label}
        aria-expanded={open}
        aria-controls={open ? panelId : undefined}
        onClick={toggle}
        className={`max-sm:w-full ${className}`}
      >
        {button}
      </Button>
      {open && (
        <div
          ref={place}
          id={panelId}
          className={`sheet absolute z-30 mt-1.5 grid w-max min-w-56 max-w-80 gap-1 rounded-panel border border-line bg-surface p-2 shadow-lift max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:w-auto max-sm:max-w-none max-sm:rounded-t-sheet max-sm:rounded-b-none max-sm:pb-[max(1rem,env(safe-area-inset-bottom))] ${leftwards ? 'right-0' : 'left-0'}`}
        >
          {children(close)}
        </div>
      )}
    </div>
  )
}
