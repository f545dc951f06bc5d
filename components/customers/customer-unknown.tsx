'use client'

import type { InventoryModel } from '@/components/inventory/use-inventory'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/hydration'
import { EmptyPanel } from '@/components/ui/notice'

const LINES = ['a', 'b', 'c']

interface CustomerUnknownProps {
  id: string
  model: InventoryModel
  /** It is known by name, from an earlier return or a failed reading. */
  isNamed: boolean
}

/** In place of the agents, when no account of the customer is known. */
export function CustomerUnknown({ id, model, isNamed }: CustomerUnknownProps) {
  const hydrated = useHydrated()
  const { state, reading, waiting } = model
  if (!hydrated || waiting || reading) {
    return (
      <div aria-hidden="true" className="rounded-panel border border-line bg-surface">
        {LINES.map((line) => (
          <div key={line} className="flex h-13 items-center gap-6 border-b border-line px-4 last:border-b-0">
            <div className="h-3 w-36 rounded bg-sunken" />
            <div className="h-3 w-1/3 rounded bg-sunken" />
          </div>
        ))}
      </div>
    )
  }
  return (
    <EmptyPanel
      title={isNamed ? 'No agent account of this customer is listed' : `There is no customer with the id ${id}`}
      action={
        <AppLink href="/numbers" className={buttonClass('primary')}>
          Go to Numbers
        </AppLink>
      }
    >
      {state.complete
        ? 'All accounts were read; none belongs to it. The address may be wrong, or the customer may be gone.'
        : 'No account that could be read belongs to it. It may be among those that could not be read.'}
    </EmptyPanel>
  )
}
