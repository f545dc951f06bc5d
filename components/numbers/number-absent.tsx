'use client'

import type { InventoryModel } from '@/components/inventory/use-inventory'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { formatMoment } from '@/lib/client/format/format'
import { useNumbers } from './numbers-context'

function whatIsKnown(number: string, { state, reading, asOf, changes, changedSince }: InventoryModel): string {
  const left = changes.left.find(({ held }) => held.number === number)
  const was = left && changedSince ? `It was with ${left.from.name} on ${formatMoment(changedSince)}. ` : ''
  if (state.returned.has(number)) return 'It was returned from here, so it is not in the list any more.'
  if (reading) return `${was}It is not in what has been read so far; reading goes on.`
  if (asOf === null) return 'The list could not be read, so it is not known who holds this number.'
  const read = formatMoment(asOf)
  if (state.complete) return `${was}No account held it when the whole list was read on ${read}.`
  return `${was}It is not in the list as read on ${read}. Parts of that could not be read: it may be in one of them.`
}

export function NumberAbsent({ number }: { number: string }) {
  const { model } = useNumbers()
  const { complete } = model.state
  const again = !model.reading && !model.retrying && (
    <Button onClick={complete ? model.refresh : model.retry}>{complete ? 'Refresh' : 'Retry'}</Button>
  )
  return <Notice action={again}>{whatIsKnown(number, model)}</Notice>
}
