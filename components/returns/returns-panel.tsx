'use client'

import { Icon } from '@/components/ui/icon'
import { plural } from '@/lib/client/format/format'
import { OutcomeActions, UndoButton, WaitingBadge } from './return-status'
import type { AnsweredReturn, ShownReturn } from './shown-returns'
import type { Returns } from './use-returns'

function Outcome({ answered }: { answered: AnsweredReturn }) {
  const { number, result } = answered
  const { title, text, quote, next } = result
  return (
    <div role="alert" className="min-w-0 grow basis-60 wrap-anywhere">
      <p className="font-semibold">
        <span translate="no" className="tabular-nums">
          {number}
        </span>
        <span>{` · ${title}`}</span>
      </p>
      {quote && <p className="line-clamp-6">{`Vida said: “${quote}”`}</p>}
      <p className="line-clamp-6">{text}</p>
      {next && <p className="text-sm">{next}</p>}
    </div>
  )
}

interface ReturnsPanelProps {
  returns: Returns
  /** What is under way and has no row on screen, and every outcome that needs a person. */
  shown: readonly ShownReturn[]
}

export function ReturnsPanel({ returns, shown }: ReturnsPanelProps) {
  const answered = shown.filter((each) => each.kind === 'answered')
  const tone = answered.length > 0 ? 'border-warn-line bg-warn-soft text-warn' : 'border-line bg-surface text-ink-2'
  if (shown.length === 0) return null
  return (
    <section aria-label="Your returns" data-focus-next="line" className={`mb-3 rounded-panel border px-3 py-2 ${tone}`}>
      {answered.length > 1 && (
        <p className="pb-1 font-medium">{`${plural(answered.length, 'return')} need your attention`}</p>
      )}
      <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-current/15">
        {shown.map((each) => (
          <li key={each.id} className="flex flex-wrap items-start gap-x-3 gap-y-2 py-1.5">
            {each.kind === 'answered' ? (
              <>
                <Icon name="warn" className="mt-0.5 size-4" />
                <Outcome answered={each} />
                <OutcomeActions answered={each} onDismiss={returns.dismiss} />
              </>
            ) : (
              <>
                <span className="grow self-center">
                  <span translate="no" className="font-medium text-ink tabular-nums">
                    {each.number}
                  </span>{' '}
                  <WaitingBadge waiting={each} />
                </span>
                {each.canUndo && <UndoButton waiting={each} onUndo={returns.undo} />}
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
