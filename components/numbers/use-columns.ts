'use client'

import { useMemo } from 'react'
import { storedText } from '@/lib/client/storage/local-text'
import { COLUMNS, type Column, type ColumnId, type Hidden, hiddenOf } from './columns'

const { useText, store } = storedText('numberdesk-columns')

const isOffered = ({ id }: Column, usesKnown: boolean) => id !== 'used' || usesKnown

/** @param usesKnown before any use was read, that column is neither offered nor shown */
export function useColumns(usesKnown: boolean) {
  const text = useText()
  const chosen = useMemo((): Hidden => hiddenOf(text), [text])
  const hidden = useMemo((): Hidden => (usesKnown ? chosen : new Set([...chosen, 'used'])), [chosen, usesKnown])
  return {
    hidden,
    chosen,
    offered: COLUMNS.filter((column) => isOffered(column, usesKnown)),
    setShown: (id: ColumnId, shown: boolean) => {
      const next = new Set(chosen)
      if (shown) next.delete(id)
      else next.add(id)
      store([...next].join(','))
    },
    showAll: () => store(''),
  }
}
