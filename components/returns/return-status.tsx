'use client'

import type { ReactNode } from 'react'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Button, buttonClass } from '@/components/ui/button'
import { Countdown } from '@/components/ui/countdown'
import type { ReturnResult } from './outcome-wording'
import type { AnsweredReturn, WaitingReturn } from './shown-returns'
import { useJustUsed } from './use-just-used'

export function WaitingBadge({ waiting: { sendsAt } }: { waiting: WaitingReturn }) {
  return (
    <Badge tone="warn">
      <Countdown until={sendsAt} verb="Returning" passed="Returning…" />
    </Badge>
  )
}

/** “Used 2 hours ago” for a return that is not sent yet, otherwise `children`. */
export function HeldUse({ number, children }: { number: string; children?: ReactNode }) {
  const used = useJustUsed(number)
  return used ? <Badge tone="warn">{used}</Badge> : children
}

interface UndoButtonProps {
  waiting: WaitingReturn
  onUndo: (waiting: WaitingReturn) => void
  small?: boolean
  tabIndex?: number
}

export function UndoButton({ waiting, onUndo, small = false, tabIndex }: UndoButtonProps) {
  return (
    <Button
      size={small ? 'small' : 'medium'}
      aria-label={`Undo return of ${waiting.number}`}
      tabIndex={tabIndex}
      busy={waiting.undoing}
      onClick={() => onUndo(waiting)}
    >
      Undo
    </Button>
  )
}

function receiptHref(receiptId: string): string {
  return `/history?receipt=${encodeURIComponent(receiptId)}`
}

function recordLink({ receiptId }: ReturnResult, number: string) {
  return receiptId === null
    ? { href: `/history?q=${encodeURIComponent(number)}`, words: 'History' }
    : { href: receiptHref(receiptId), words: 'Receipt' }
}

interface OutcomeProps {
  answered: AnsweredReturn
  onDismiss: (answered: AnsweredReturn) => void
  tabIndex?: number
}

export function OutcomeActions({ answered, onDismiss, tabIndex }: OutcomeProps) {
  const { number, result } = answered
  const { href, words } = recordLink(result, number)
  return (
    <span className="flex shrink-0 gap-2 max-sm:w-full max-sm:*:grow">
      <AppLink
        href={href}
        tabIndex={tabIndex}
        aria-label={`${words} of ${number}`}
        className={buttonClass('secondary', 'small')}
      >
        {words}
      </AppLink>
      <Button
        size="small"
        tabIndex={tabIndex}
        aria-label={`Dismiss the outcome of ${number}`}
        onClick={() => onDismiss(answered)}
      >
        Dismiss
      </Button>
    </span>
  )
}
