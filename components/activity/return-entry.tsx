'use client'

import { useAccount } from '@/components/inventory/account-context'
import { HeldUse, OutcomeActions, UndoButton, WaitingBadge } from '@/components/returns/return-status'
import type { AnsweredReturn, WaitingReturn } from '@/components/returns/shown-returns'
import { useActivityPanel } from './activity-context'

export function WaitingEntry({ waiting }: { waiting: WaitingReturn }) {
  const { canReturn } = useAccount()
  const { undo } = useActivityPanel()
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <span className="grow">
        <span translate="no" className="font-medium text-ink tabular-nums">
          {waiting.number}
        </span>{' '}
        <WaitingBadge waiting={waiting} /> <HeldUse number={waiting.number} />
      </span>
      {canReturn && waiting.canUndo && <UndoButton waiting={waiting} onUndo={undo} />}
    </div>
  )
}

/** An outcome that needs a person, and what to do about it. */
export function OutcomeEntry({ answered }: { answered: AnsweredReturn }) {
  const { dismiss } = useActivityPanel()
  const { title, text, quote, next } = answered.result
  return (
    <div className="grid gap-1 wrap-anywhere">
      <p className="font-medium text-ink">
        <span translate="no" className="tabular-nums">
          {answered.number}
        </span>
        <span>{` · ${title}`}</span>
      </p>
      {quote && <p className="line-clamp-6 text-sm">{`Vida said: “${quote}”`}</p>}
      <p className="line-clamp-6 text-sm">{text}</p>
      {next && <p className="text-sm">{next}</p>}
      <div className="mt-1">
        <OutcomeActions answered={answered} onDismiss={dismiss} />
      </div>
    </div>
  )
}
