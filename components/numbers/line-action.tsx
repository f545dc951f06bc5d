'use client'

import { useId } from 'react'
import { obstacleWording } from '@/components/inventory/wording'
import { OutcomeActions, UndoButton } from '@/components/returns/return-status'
import type { AnsweredReturn, ShownReturn } from '@/components/returns/shown-returns'
import { Button } from '@/components/ui/button'
import type { RowMarks } from '@/lib/domain/inventory/marks'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import type { RowActions } from './numbers-context'

interface LineActionProps {
  row: NumberRow
  marks: RowMarks
  actions: RowActions
  shown: ShownReturn | null
  tabIndex: number
}

/** Return, or Undo while it can be undone: two buttons, so that a second press on one never means the other. */
export function LineAction({ row, marks, actions, shown, tabIndex }: LineActionProps) {
  const whyId = useId()
  const { obstacle, protection } = marks
  const waiting = shown?.kind === 'waiting' ? shown : null
  if (waiting?.canUndo)
    return <UndoButton key="undo" waiting={waiting} onUndo={actions.undo} small tabIndex={tabIndex} />
  const whyNot = obstacleWording(marks)
  if (obstacle === 'protected' && protection && waiting === null) {
    return (
      <Button
        key="lift"
        variant="ghost"
        size="small"
        className="max-sm:border-control max-sm:px-3!"
        aria-label={`Lift protection of ${row.number}`}
        tabIndex={tabIndex}
        aria-haspopup="dialog"
        title={whyNot ?? undefined}
        onClick={() => actions.lift(protection)}
      >
        Lift…
      </Button>
    )
  }
  return (
    <>
      <Button
        key="return"
        variant="danger-quiet"
        size="small"
        className="max-sm:px-3!"
        aria-label={`Return ${row.number}`}
        tabIndex={tabIndex}
        aria-haspopup="dialog"
        aria-describedby={whyNot ? whyId : undefined}
        title={whyNot ?? undefined}
        blocked={whyNot !== null || waiting !== null}
        onClick={() => actions.askReturn(row)}
      >
        Return…
      </Button>
      {whyNot && (
        <span id={whyId} className="sr-only">
          {whyNot}
        </span>
      )}
    </>
  )
}

interface RowOutcomeProps {
  answered: AnsweredReturn
  actions: RowActions
  tabIndex: number
}

/** Activity says the rest. */
export function RowOutcome({ answered, actions, tabIndex }: RowOutcomeProps) {
  const { title, quote, text } = answered.result
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 pb-1 text-sm text-warn">
      <p className="line-clamp-4 min-w-0 grow basis-60 wrap-anywhere">
        <span className="font-medium">{`${title}.`}</span>
        <span>{` ${quote ? `Vida said: “${quote}”` : text}`}</span>
      </p>
      <OutcomeActions answered={answered} onDismiss={actions.dismiss} tabIndex={tabIndex} />
    </div>
  )
}
