'use client'

import type { InventoryModel } from '@/components/inventory/use-inventory'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/hydration'
import { LinesSkeleton } from '@/components/ui/lines-skeleton'
import { EmptyPanel } from '@/components/ui/notice'

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
  if (!hydrated || waiting || reading) return <LinesSkeleton />
  return (
    <EmptyPanel
      title={
        isNamed
          ? 'No agent account of this customer is listed'
          : state.complete
            ? `There is no customer with the id ${id}`
            : `No account of customer ${id} could be read`
      }
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
