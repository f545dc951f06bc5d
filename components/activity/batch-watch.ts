'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { endedMessage } from '@/components/batches/ended-wording'
import { useToast } from '@/components/ui/toast'
import { plural } from '@/lib/client/format/format'
import { isOver } from '@/lib/client/queries/batches'
import { numbersQuery } from '@/lib/client/queries/inventory'
import { marksQuery } from '@/lib/client/queries/marks'
import { returnsKey } from '@/lib/client/queries/returns'
import type { Batch } from '@/lib/domain/batches/batch'
import { countsSentence, reasonSentence } from '@/lib/domain/batches/wording'

/** Announces a pause and the end of a batch, and has the list follow it. @param restored its end was announced before */
export function BatchWatch({ batch, restored }: { batch: Batch; restored: boolean }): null {
  const client = useQueryClient()
  const toast = useToast()
  const announced = useRef<string | null>(null)
  const end = useRef<string>(undefined)
  /** `already_gone` when the list was last read again. */
  const gone = useRef(0)
  useEffect(() => {
    // An outcome that was unknown at the end may be settled later.
    const now = isOver(batch) ? countsSentence(batch) : batch.state
    const before = announced.current
    if (now === before) return
    announced.current = now
    const name = `The batch of ${plural(batch.total, 'number')}`
    if (batch.state === 'paused' && before) toast(`${name} is paused. ${reasonSentence(batch)}`, 'failure')
    if (!isOver(batch)) return
    const { text, tone } = endedMessage([batch])
    const earlier = end.current
    end.current = text
    if (restored && before === null) return
    // What was settled since is told where it is seen; here it only corrects what still stands.
    toast(text, tone, undefined, earlier)
    void client.invalidateQueries({ queryKey: returnsKey })
    // Only a complete scan shows where a moved number is.
    if (batch.counts.already_gone > gone.current)
      void client.refetchQueries({ queryKey: numbersQuery.queryKey, exact: true })
    gone.current = batch.counts.already_gone
  }, [toast, client, batch, restored])
  // The marks and the rows of the list follow each number.
  const progress = countsSentence(batch)
  useEffect(() => {
    if (progress) void client.invalidateQueries({ queryKey: marksQuery.queryKey })
  }, [client, progress])
  return null
}
