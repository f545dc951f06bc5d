'use client'

import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { formatCount } from '@/lib/client/format/format'
import { useActivity, useActivityPanel } from './activity-context'

function Count({ tone, children }: { tone: string; children: number }) {
  return (
    <span
      className={`min-w-5 rounded-full border border-transparent px-1 text-center text-xs leading-[1.125rem] font-semibold tabular-nums ${tone}`}
    >
      {formatCount(children)}
    </span>
  )
}

/** Opens the panel and counts what is under way and what needs a person. */
export function ActivityButton() {
  const { toggle } = useActivity()
  const { open, running, needed } = useActivityPanel()
  const parts = [
    running > 0 && `${formatCount(running)} under way`,
    needed > 0 && `${formatCount(needed)} ${needed === 1 ? 'needs' : 'need'} you`,
  ].filter(Boolean)
  const label = ['Activity', parts.join(', ')].filter(Boolean).join(': ')
  return (
    <Button
      variant="ghost"
      aria-expanded={open}
      aria-controls={open ? 'activity' : undefined}
      data-activity-button=""
      onClick={toggle}
      className="aria-expanded:bg-sunken aria-expanded:text-ink max-sm:min-w-11 max-sm:gap-1 max-sm:px-1.5!"
    >
      <span className="sr-only">{label}</span>
      <span aria-hidden="true" className="inline-flex items-center gap-1.5">
        <Icon name="activity" className="size-4 sm:hidden" />
        <span className="max-sm:hidden">Activity</span>
        {running > 0 && (
          <Count tone={`bg-accent-soft text-accent ${needed > 0 ? 'max-sm:hidden' : ''}`}>{running}</Count>
        )}
        {needed > 0 && <Count tone="bg-warn-soft text-warn">{needed}</Count>}
      </span>
    </Button>
  )
}
