'use client'

import * as Alert from 'radix-ui/alert-dialog'
import * as Plain from 'radix-ui/dialog'
import { type ReactNode, type RefObject, useRef } from 'react'
import { IconButton } from './button'
import { Icon } from './icon'

const veil = 'veil fixed inset-0 z-40 bg-veil'
const sheet =
  '@container sheet fixed z-50 flex flex-col bg-surface shadow-lift outline-none border-line overflow-y-auto overscroll-contain max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[92dvh] max-sm:rounded-t-sheet max-sm:border-t'
const box =
  'sm:top-1/2 sm:left-1/2 sm:max-h-[calc(100dvh-3rem)] sm:w-[32rem] sm:max-w-[calc(100vw-2rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-panel sm:border'
const drawer = 'sm:inset-y-0 sm:right-0 sm:w-[30rem] sm:max-w-full sm:border-l'

interface ShellProps {
  open: boolean
  /** Asked to close; the owner decides. */
  onClose: () => void
  title: string
  children: ReactNode
  /** Where the focus goes afterwards; by default to what had it before. */
  onCloseAutoFocus?: (event: Event) => void
}

/** Radix gives the focus back to a dialog's trigger; these have none, so it goes back to what had it. */
function useFocusBack(onCloseAutoFocus: ShellProps['onCloseAutoFocus']) {
  const before = useRef<Element | null>(null)
  return {
    remember: () => {
      before.current = document.activeElement
    },
    giveBack: (event: Event) => {
      if (onCloseAutoFocus) onCloseAutoFocus(event)
      else {
        event.preventDefault()
        const had = before.current
        if (had instanceof HTMLElement && had.isConnected && had !== document.body) had.focus()
        // A message that led here is gone, and an address that was typed left the focus nowhere. Somebody else may have it by now.
        else if (document.activeElement === document.body)
          document.getElementById('content')?.focus({ preventScroll: true })
      }
    },
  }
}

interface ConfirmDialogProps extends ShellProps {
  firstFocus: RefObject<HTMLElement | null>
  /** The question has its answer, which stands first: the title is only the dialog's name then. */
  answered?: boolean
}

/** A confirmation that only its own buttons (and Escape, if the owner agrees) can end. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onClose, title, children, onCloseAutoFocus, firstFocus, answered } = props
  const { remember, giveBack } = useFocusBack(onCloseAutoFocus)
  const focusFirst = (event: Event) => {
    remember()
    event.preventDefault()
    firstFocus.current?.focus()
  }
  return (
    <Alert.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Alert.Portal>
        <Alert.Overlay className={veil} />
        <Alert.Content className={`${sheet} ${box}`} onOpenAutoFocus={focusFirst} onCloseAutoFocus={giveBack}>
          <Alert.Title className={answered ? 'sr-only' : 'px-5 pt-5 text-lg font-semibold'}>{title}</Alert.Title>
          {children}
        </Alert.Content>
      </Alert.Portal>
    </Alert.Root>
  )
}

/** The part of a confirmation that is read out with its title. */
export function ConfirmDescription({ children }: { children: ReactNode }) {
  return (
    <Alert.Description asChild>
      <div className="grid gap-3 px-5 pt-3">{children}</div>
    </Alert.Description>
  )
}

/** A dialog to fill in or to read; from the side where there is room, from below on a phone. */
export function Dialog({
  open,
  onClose,
  title,
  children,
  onCloseAutoFocus,
  firstFocus,
  side = false,
}: ShellProps & { firstFocus?: RefObject<HTMLElement | null>; side?: boolean }) {
  const { remember, giveBack } = useFocusBack(onCloseAutoFocus)
  const focusFirst = (event: Event) => {
    remember()
    if (!firstFocus?.current) return
    event.preventDefault()
    firstFocus.current.focus()
  }
  return (
    <Plain.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Plain.Portal>
        <Plain.Overlay className={veil} />
        <Plain.Content
          aria-describedby={undefined}
          className={`${sheet} ${side ? drawer : box}`}
          onOpenAutoFocus={focusFirst}
          onCloseAutoFocus={giveBack}
        >
          <div className="flex items-start gap-3 px-5 pt-4">
            <Plain.Title className="min-w-0 grow pt-1 wrap-anywhere text-lg font-semibold max-sm:pt-2.5">
              {title}
            </Plain.Title>
            <IconButton label="Close" onClick={onClose}>
              <Icon name="close" />
            </IconButton>
          </div>
          {children}
        </Plain.Content>
      </Plain.Portal>
    </Plain.Root>
  )
}

/** The buttons of a dialog: side by side, or above each other on a phone, always in view. */
export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <div className="sticky bottom-0 mt-5 flex flex-wrap justify-end gap-2 border-t border-line bg-surface px-5 py-3 short:flex-row! short:px-3 short:py-2! short:*:grow short:*:px-2! max-sm:flex-col-reverse max-sm:pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      {children}
    </div>
  )
}
