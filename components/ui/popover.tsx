'use client'

import { type ComponentProps, type FocusEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './button'

interface PopoverProps extends Pick<ComponentProps<typeof Button>, 'variant' | 'className'> {
  label: string
  button: ReactNode
  hasPopup?: 'menu' | undefined
  /** When it becomes true, the panel opens as if the button had been pressed. */
  show?: boolean | undefined
  onHide?: (() => void) | undefined
  /** Gets a function that closes the panel. */
  children: (close: () => void) => ReactNode
}

/** A button and a panel below it (a sheet on a phone). The content is in the document only while the panel is open. */
export function Popover({
  label,
  button,
  variant = 'secondary',
  className = '',
  hasPopup,
  show,
  onHide,
  children,
}: PopoverProps) {
  const [open, setOpen] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()
  // The browser opens the panel for a press that came before hydration.
  useEffect(() => setOpen(panel.current?.matches(':popover-open') ?? false), [])
  useEffect(() => {
    if (!show || !trigger.current) return
    trigger.current.focus()
    panel.current?.showPopover({ source: trigger.current })
  }, [show])
  const close = () => panel.current?.hidePopover()
  // An open panel must not cover what has the focus.
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget && !currentTarget.contains(relatedTarget)) close()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: not a control; the events come from the controls inside.
    <div className="contents" onBlur={onBlur}>
      <Button
        ref={trigger}
        popoverTarget={id}
        variant={variant}
        aria-label={label}
        aria-haspopup={hasPopup}
        aria-expanded={open}
        // Safari does not focus a pressed button; the panel returns the focus to what had it.
        onClick={({ currentTarget }) => currentTarget.focus()}
        className={className}
      >
        {button}
      </Button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        // Content is added before the panel opens, and removed after the focus has left it.
        onBeforeToggle={({ newState }) => newState === 'open' && setOpen(true)}
        onToggle={({ newState }) => {
          setOpen(newState === 'open')
          if (newState === 'closed') onHide?.()
        }}
        className="popover sheet gap-1 border-line bg-surface p-2 text-base text-ink shadow-lift max-sm:pb-[max(1rem,env(safe-area-inset-bottom))]"
      >
        {open && children(close)}
      </div>
    </div>
  )
}
