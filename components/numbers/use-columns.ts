'use client'

import { useMemo } from 'react'
import { storedText } from '@/lib/client/storage/local-text'
import { type ColumnId, type Hidden, hiddenOf } from './columns'

const { useText, store } = storedText('numberdesk-columns')

export function useColumns() {
  const text = useText()
  const hidden = useMemo((): Hidden => hiddenOf(text), [text])
  return {
    hidden,
    setShown: (id: ColumnId, shown: boolean) => {
      const next = new Set(hidden)
      if (shown) next.delete(id)
      else next.add(id)
      store([...next].join(','))
    },
    showAll: () => store(''),
  }
}
