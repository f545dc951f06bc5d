'use client'

import { useAccount } from '@/components/inventory/account-context'
import { Button } from '@/components/ui/button'
import { useHydrated, usePhone } from '@/components/ui/hydration'
import { Icon } from '@/components/ui/icon'
import { Menu } from '@/components/ui/menu'
import { useNumbers, useShown } from './numbers-context'

export function NumbersHeading() {
  const { canReturn } = useAccount()
  const { model, batch, flow, findUnused } = useNumbers()
  const view = useShown()
  const hydrated = useHydrated()
  const phone = usePhone()
  const reading = model.reading && hydrated
  const checkList = { label: 'Check a list', act: batch.checkList }
  const byHand = { label: 'Return another number', act: flow.askByHand }
  const items = [
    ...(canReturn && phone ? [checkList] : []),
    ...(canReturn ? [byHand] : []),
    ...(view.found.length > 0 ? [{ label: 'Find unused numbers', act: findUnused.ask }] : []),
  ]
  return (
    <div className="flex flex-wrap items-center gap-2 max-sm:order-last max-sm:shrink-0 max-sm:gap-1">
      {/* On a phone the header says it. */}
      <h1 className="mr-auto text-2xl font-semibold tracking-tight max-sm:sr-only">Numbers</h1>
      {canReturn && (
        <Button className="max-sm:hidden" onClick={batch.checkList}>
          Check a list
        </Button>
      )}
      <Button
        busy={reading}
        title={reading ? 'Reading…' : undefined}
        onClick={model.refresh}
        className="max-sm:min-w-11 max-sm:px-0!"
      >
        {!reading && <Icon name="refresh" />}
        <span className="max-sm:sr-only">Refresh</span>
      </Button>
      <Menu
        label="More actions"
        button={<Icon name="more" />}
        className="aspect-square px-0! max-sm:min-w-11"
        items={items}
      />
    </div>
  )
}
