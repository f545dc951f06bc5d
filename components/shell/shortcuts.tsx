'use client'

import { useEffect, useRef } from 'react'
import { useActivity } from '@/components/activity/activity-context'
import { focusSearch, MODAL } from '@/components/ui/focus'
import { useFollow } from '@/lib/client/navigation/address'
import { useShortcutsOn } from '@/lib/client/storage/shortcuts'
import { useKeysDialog } from './use-keys-dialog'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`input, textarea, select, [contenteditable], ${MODAL}`) !== null
}

/** After a `g`. */
const PAGES: Record<string, string> = { n: '/numbers', h: '/history' }

/** How long a `g` waits for the next key, ms. */
const PAUSE_MS = 1_500

/** `/` goes to the search, `?` lists the keys, `g` and a letter goes to a page or to Activity; none works in fields and dialogs. */
export function Shortcuts() {
  const on = useShortcutsOn()
  const { show, dialog } = useKeysDialog()
  const goTo = useFollow()
  const { toggle } = useActivity()
  const lastG = useRef(Number.NEGATIVE_INFINITY)

  useEffect(() => {
    if (!on) return
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const afterG = event.timeStamp - lastG.current < PAUSE_MS
      const page = afterG ? PAGES[event.key] : undefined
      lastG.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
      if (page !== undefined && page !== location.pathname) {
        goTo(page)
      } else if (afterG && event.key === 'a') {
        toggle()
      } else if (event.key === '/') {
        event.preventDefault()
        focusSearch()
      } else if (event.key === '?') {
        show()
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [on, show, goTo, toggle])
  return dialog
}
