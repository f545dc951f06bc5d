'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useBatchDialogs } from '@/components/batches/use-batch-dialogs'
import type { InventoryModel } from '@/components/inventory/use-inventory'
import { Button } from '@/components/ui/button'
import { formatCount, plural } from '@/lib/client/format/format'
import { returnsKey } from '@/lib/client/queries/returns'
import { type Choice, leftOutSentence } from '@/lib/domain/batches/choice'
import type { Customer } from '@/lib/domain/inventory/customer'
import type { ProtectedNumbers } from '@/lib/domain/inventory/protected'
import type { NumberRow } from '@/lib/domain/inventory/rows'

const load = () => import('@/components/batches/batch-dialog').then(({ BatchDialog }) => ({ default: BatchDialog }))

export const useReturnAll = (onBegun: (batchId: string) => void) => useBatchDialogs(load, onBegun)

interface ReturnAllProps {
  batch: ReturnType<typeof useReturnAll>
  customer: Customer
  choice: Choice<NumberRow>
  model: InventoryModel
  protectedBy: ProtectedNumbers
  maxBatch: number
  holdSeconds: number
}

/** Opens the confirmation of a batch for all numbers of the customer that can be returned now. */
export function ReturnAll({ batch, customer, choice, model, ...limits }: ReturnAllProps) {
  const { reading, state, inventory } = model
  const { items: rows } = choice
  const numbers = plural(rows.length, 'number')
  const some = rows.length < customer.rows.length
  const known = state.complete ? `all ${numbers}` : `the ${numbers} ${reading ? 'read so far' : 'shown'}`
  const which = some ? `${formatCount(rows.length)} of ${plural(customer.rows.length, 'number')}` : known
  return (
    <>
      {rows.length > 0 && (
        <Button
          variant="danger-line"
          aria-haspopup="dialog"
          onClick={() => batch.confirm(rows, { note: '', about: leftOutSentence(choice) || null })}
        >
          {`Return ${rows.length === 1 && !some ? 'the number' : which}…`}
        </Button>
      )}
      {batch.step === 'confirm' && batch.Dialogs && (
        <batch.Dialogs
          asked={batch}
          listed={() => customer.rows}
          inventory={inventory}
          complete={state.complete}
          {...limits}
          onClose={batch.close}
          onStarted={batch.begin}
        />
      )}
    </>
  )
}

/** How many numbers *Return all* leaves out, and why. */
export function LeftOut({ choice }: Pick<ReturnAllProps, 'choice'>) {
  const client = useQueryClient()
  const sentence = leftOutSentence(choice)
  const before = useRef(sentence)
  // As a batch goes on, its numbers leave the list and have returns.
  useEffect(() => {
    if (before.current !== sentence) void client.invalidateQueries({ queryKey: returnsKey })
    before.current = sentence
  }, [client, sentence])
  if (!sentence) return null
  return <p className="-mt-2 mb-4 text-sm text-ink-2">{sentence}</p>
}
