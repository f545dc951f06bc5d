import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Inventory } from '@/lib/domain/inventory/rows'
import { rowsOfNumber } from './target'

interface MeaningsProps {
  numbers: readonly string[]
  inventory: Inventory
  onChoose: (number: string) => void
}

function holderOf(inventory: Inventory, number: string): string {
  const names = rowsOfNumber(inventory, number).map(({ account }) => account.name ?? account.id)
  return names.join(' and ') || 'not in the list'
}

/** A text that can mean several numbers is none until a person says which. */
export function ByHandMeanings({ numbers, inventory, onChoose }: MeaningsProps) {
  if (numbers.length === 0) return null
  return (
    <>
      <Notice tone="warn" alert>
        {`Without a country code, this can mean ${numbers.length} numbers. Choose the one you mean.`}
      </Notice>
      <ul className="grid gap-2">
        {numbers.map((number) => (
          <li key={number}>
            <Button onClick={() => onChoose(number)} className="w-full">
              <span translate="no" className="tabular-nums">
                {number}
              </span>{' '}
              <span>{`(${holderOf(inventory, number)})`}</span>
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
