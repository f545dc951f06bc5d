'use client'

import { type ComponentProps, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './button'

interface PopupProps {
  label: string
  button: ReactNode
  look?: ComponentProps<typeof Button>['look']
  className?: string
  /** Gets a function that closes it. */
  children: (close: () => void) => ReactNode
}

/** A button that shows a small panel below itself: Escape, a press outside or leaving it closes it. */
export function Popup({ label, button, look = 'secondary', className = '', children }: PopupProps) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const id = useId()

  useEffect(() => {
    if (!open) return
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

  const close = () => {
    setOpen(false)
    trigger.current?.focus()
  }
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    close()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard from the controls inside; the box itself is no control.
    <div ref={root} className="relative" onKeyDown={onEscape}>
      <Button
        ref={trigger}
        look={look}
        aria-label={label}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        className={`max-sm:w-full ${className}`}
      >
        {button}
      </Button>
      {open && (
        <div
          id={id}
          className="sheet absolute right-0 z-30 mt-1.5 grid min-w-56 max-w-[calc(100vw-2rem)] gap-1 rounded-panel border border-line bg-surface p-2 shadow-lift"
        >
          {children(close)}
        </div>
      )}
    </div>
  )
}
