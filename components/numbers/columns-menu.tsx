'use client'

import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { Popover } from '@/components/ui/popover'
import { useNumbers } from './numbers-context'
import { useColumns } from './use-columns'

export function ColumnsMenu() {
  const { uses } = useNumbers().chosen
  const { chosen: hidden, offered, setShown, showAll } = useColumns(uses.size > 0)
  return (
    <Popover
      label={hidden.size > 0 ? `Columns, ${hidden.size} hidden` : 'Columns'}
      button={
        <>
          <Icon name="columns" />
          <span className="max-[88rem]:hidden">Columns</span>
        </>
      }
      className={`max-sm:hidden max-[88rem]:px-2! ${hidden.size > 0 ? 'border-accent! text-accent!' : ''}`}
    >
      {() => (
        <>
          <fieldset>
            <legend className="sr-only">Columns</legend>
            {offered
              .filter(({ id }) => id !== 'number')
              .map(({ id, heading }) => (
                <label key={id} className="flex min-h-8 items-center gap-2.5 rounded-control px-2 hover:bg-sunken">
                  <input
                    type="checkbox"
                    checked={!hidden.has(id)}
                    onChange={(event) => setShown(id, event.target.checked)}
                    className="size-4 accent-accent"
                  />
                  <span>{heading}</span>
                </label>
              ))}
          </fieldset>
          <p className="px-2 text-sm text-ink-3">A narrow or grouped table shows fewer.</p>
          <Button variant="ghost" className="justify-start!" blocked={hidden.size === 0} onClick={showAll}>
            Show all columns
          </Button>
        </>
      )}
    </Popover>
  )
}
