'use client'

import * as Radix from 'radix-ui/dialog'
import type { ComponentProps, KeyboardEventHandler, ReactNode, RefObject } from 'react'
import { IconButton } from './button'
import { useFocusBack } from './focus'
import { Icon } from './icon'

const sheet =
  '@container sheet fixed z-50 flex flex-col bg-surface shadow-lift outline-none border-line overflow-y-auto overscroll-contain max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[92dvh] max-sm:rounded-t-sheet max-sm:border-t'
const box =
  'sm:top-1/2 sm:left-1/2 sm:max-h-[calc(100dvh-3rem)] sm:max-w-[calc(100vw-2rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-panel sm:border'
const narrow = 'sm:w-[32rem]'
const drawer = 'sm:inset-y-0 sm:right-0 sm:w-[30rem] sm:max-w-full sm:border-l'

interface DialogProps {
  open: boolean
  /** Asked to close; the owner decides. */
  onClose: () => void
  title: string
  children: ReactNode
  firstFocus?: RefObject<HTMLElement | null>
  /** Gets the focus afterwards if nothing had it before. */
  belongsTo?: () => HTMLElement | null
  /** Gets the focus afterwards; null: what had it before. */
  goesOnTo?: () => HTMLElement | null
  /** After the focus went back. */
  onClosed?: () => void
}

type ModalProps = Omit<DialogProps, 'title'> & ComponentProps<typeof Radix.Content>

function Modal({ open, onClose, firstFocus, belongsTo, goesOnTo, onClosed, onEscapeKeyDown, ...content }: ModalProps) {
  const { remember, giveBack } = useFocusBack({ belongsTo, goesOnTo })
  const focusFirst = (event: Event) => {
    remember()
    if (!firstFocus?.current) return
    event.preventDefault()
    firstFocus.current.focus()
  }
  // Escape closes what is on top, which may be a menu of the dialog.
  const closeMenu = (event: KeyboardEvent) => {
    const menu = document.querySelector<HTMLElement>(':popover-open')
    if (!menu) return onEscapeKeyDown?.(event)
    event.preventDefault()
    menu.hidePopover()
  }
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="veil fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          {...content}
          onEscapeKeyDown={closeMenu}
          onOpenAutoFocus={focusFirst}
          onCloseAutoFocus={(event) => {
            giveBack(event)
            onClosed?.()
          }}
        />
      </Radix.Portal>
    </Radix.Root>
  )
}

/** A confirmation that only its own buttons (and Escape, if the owner agrees) can close. */
export function ConfirmDialog({ title, children, ...modal }: DialogProps) {
  return (
    <Modal
      {...modal}
      role="alertdialog"
      onInteractOutside={(event) => event.preventDefault()}
      className={`${sheet} ${box} ${narrow}`}
    >
      <Radix.Title className="px-5 pt-5 text-lg font-semibold">{title}</Radix.Title>
      {children}
    </Modal>
  )
}

export function ConfirmDescription({ children }: { children: ReactNode }) {
  return (
    <Radix.Description asChild>
      <div className="grid gap-3 px-5 pt-3">{children}</div>
    </Radix.Description>
  )
}

interface PlainDialogProps extends DialogProps {
  side?: boolean
  wide?: boolean
  /** Its default, to close the dialog, can be prevented. */
  onEscapeKeyDown?: (event: KeyboardEvent) => void
  onKeyDown?: KeyboardEventHandler
}

export function Dialog({ title, children, side = false, wide = false, ...modal }: PlainDialogProps) {
  const place = side ? drawer : `${box} ${wide ? 'sm:w-[68rem]' : narrow}`
  return (
    <Modal {...modal} aria-describedby={undefined} className={`${sheet} ${place}`}>
      <div className="flex items-start gap-3 px-5 pt-4">
        <Radix.Title className="min-w-0 grow pt-1 wrap-anywhere text-lg font-semibold max-sm:pt-2.5">
          {title}
        </Radix.Title>
        <IconButton label="Close" onClick={modal.onClose}>
          <Icon name="close" />
        </IconButton>
      </div>
      {children}
    </Modal>
  )
}

export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <div className="sticky bottom-0 mt-5 flex flex-wrap justify-end gap-2 border-t border-line bg-surface px-5 py-3 short:flex-row! short:px-3 short:py-2! short:*:grow short:*:px-2! max-sm:flex-col-reverse max-sm:pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      {children}
    </div>
  )
}
