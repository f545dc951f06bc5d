'use client'

import { useMemo } from 'react'
import { storedText } from './local-text'

const { useText, read, store } = storedText('numberdesk-dismissed')

/** As many as the marks have refused returns at most. */
const MOST = 200

const idsIn = (text: string | null) => text?.split('\n') ?? []

/** Receipts of refused returns that were dismissed in this browser: their numbers have no mark any more. */
export function useDismissed(): ReadonlySet<string> {
  const text = useText()
  return useMemo(() => new Set(idsIn(text)), [text])
}

export function dismissRefusal(receiptId: string): void {
  const others = idsIn(read()).filter((id) => id !== receiptId)
  store([receiptId, ...others].slice(0, MOST).join('\n'))
}
