'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useUses } from '@/components/inventory/use-uses'
import { Button } from '@/components/ui/button'
import { useNow } from '@/components/ui/hooks'
import { freshUses, readUsesQuery } from '@/lib/client/queries/fresh-uses'
import { usedRows, usedSentence } from '@/lib/domain/batches/used'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { NO_USES } from '@/lib/domain/inventory/unused'

/** When the accounts of these rows were last used, read while the dialog is open. */
export function useBatchUses(rows: readonly NumberRow[], wanted: boolean) {
  const list = useRef<HTMLElement>(null)
  const ids = useMemo(() => [...new Set(rows.map(({ account }) => account.id))], [rows])
  const { isFetching, error } = useQuery({ ...readUsesQuery(ids), enabled: wanted })
  const known = useUses()
  const [opened] = useState(Date.now)
  const uses = useMemo(() => freshUses(known, ids, opened), [known, ids, opened])
  const [order, setOrder] = useState(NO_USES)
  // A line never moves from under the pointer or the focus, where it would be another one that is dropped.
  const sort = () => {
    if (!isFetching && !list.current?.matches(':hover, :focus-within')) setOrder(uses)
  }
  const sortNow = useRef(sort)
  useEffect(() => {
    sortNow.current = sort
  })
  useEffect(() => {
    if (!isFetching && uses.size > 0) sortNow.current()
  }, [isFetching, uses])
  return { uses, reading: isFetching, error, now: useNow(), list, order, sort }
}

export type BatchUses = ReturnType<typeof useBatchUses>

interface BatchUseProps {
  rows: readonly NumberRow[]
  use: Pick<BatchUses, 'uses' | 'reading' | 'error' | 'now'>
  locked: boolean
  onDrop: (rows: readonly NumberRow[]) => void
}

/** As high before the answer as with it. */
export function BatchUse({ rows, use: { uses, reading, error, now }, locked, onDrop }: BatchUseProps) {
  const used = usedRows(rows, uses, now)
  const sentence = () => {
    if (used.length === 0 && reading) return `Asking Vida when ${rows.length === 1 ? 'it was' : 'they were'} last used…`
    if (uses.size === 0 && error) return `When they were last used could not be read. ${error.message}`
    return usedSentence(rows, uses, now)
  }
  return (
    <div className="flex min-h-10 shrink-0 items-center justify-between gap-3 px-5 pt-1 max-sm:min-h-12">
      <p aria-live="polite" aria-busy={reading} className={used.length > 0 ? 'font-medium text-warn' : 'text-ink-2'}>
        {sentence()}
      </p>
      {used.length > 0 && (
        <Button size="small" className="shrink-0" blocked={locked} onClick={() => onDrop(used)}>
          Drop the used ones
        </Button>
      )}
    </div>
  )
}
