'use client'

import { useAccount } from '@/components/inventory/account-context'
import { Button } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/hydration'
import { Icon } from '@/components/ui/icon'
import { Menu } from '@/components/ui/menu'
import { useNumbers } from './numbers-context'

export function NumbersHeading() {
  const { canReturn } = useAccount()
  const { model, batch, flow } = useNumbers()
  const hydrated = useHydrated()
  const reading = model.reading && hydrated
  return (
    <div className="flex flex-wrap items-center gap-2 max-sm:gap-y-1">
      <h1 className="mr-auto text-2xl font-semibold tracking-tight">Numbers</h1>
      {canReturn && (
        <div className="flex flex-wrap gap-2 max-sm:order-last max-sm:w-full max-sm:*:grow max-sm:*:px-2!">
          <Button onClick={batch.checkList}>Check a list</Button>
        </div>
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
      {canReturn && (
        <Menu
          label="More actions"
          button={<Icon name="more" />}
          className="aspect-square px-0! max-sm:min-w-11"
          items={[{ label: 'Return another number', act: flow.askByHand }]}
        />
      )}
    </div>
  )
}
