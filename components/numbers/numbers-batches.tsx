'use client'

import { useCallback } from 'react'
import { BatchPanels } from '@/components/batches/batch-panels'
import { plural } from '@/lib/client/format/format'
import type { Batch } from '@/lib/domain/batches/batch'
import { type Rest, restOf } from '@/lib/domain/batches/rest'
import { useNumbers } from './numbers-context'

export function NumbersBatches() {
  const { batch, model, marks } = useNumbers()
  const { inventory } = model
  const { obstacle } = marks
  const rest = useCallback((ended: Batch) => restOf(ended, inventory, obstacle), [inventory, obstacle])
  const returnRest = (ended: Batch, { rows, leftOut }: Rest) => {
    const about = `The batch of ${plural(ended.total, 'number')} did not send ${rows.length === 1 ? 'it' : 'these'}. ${leftOut}`
    batch.confirm(rows, { note: ended.note ?? '', about })
  }
  return <BatchPanels started={batch.started} onOpen={batch.recap} rest={rest} onRest={returnRest} />
}
