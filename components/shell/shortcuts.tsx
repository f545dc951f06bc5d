'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import type { ActionId } from '@/components/ui/action-list'
import { runAction, useActions } from '@/components/ui/actions'
import { MODAL } from '@/components/ui/focus'
import { useLazyDialog } from '@/components/ui/use-lazy-dialog'
import { useFollow } from '@/lib/client/navigation/address'
import { useShortcutsOn } from '@/lib/client/storage/shortcuts'
import { usePalette } from './use-palette'

const loadKeys = () => import('./keys-dialog')

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`input, textarea, select, [contenteditable], ${MODAL}`) !== null
}

const BY_KEY: Record<string, ActionId> = { '/': 'search', '?': 'keys' }
const AFTER_G: Record<string, ActionId> = { n: 'goToNumbers', h: 'goToHistory', a: 'activity' }

/** How long a `g` waits for the next key, ms. */
const PAUSE_MS = 1_500

/** The keys without Ctrl work in no field and no dialog, and can be switched off. */
export function Shortcuts() {
  const on = useShortcutsOn()
  const keys = useLazyDialog(loadKeys, 'The list of keys could not be loaded. Reload the page.')
  const palette = usePalette()
  const goTo = useFollow()
  const path = usePathname()
  const lastG = useRef(Number.NEGATIVE_INFINITY)
  useActions({
    palette: !palette.open && palette.show,
    keys: keys.show,
    goToNumbers: path !== '/numbers' && (() => goTo('/numbers')),
    goToHistory: path !== '/history' && (() => goTo('/history')),
  })

  useEffect(() => {
    if (!on) return
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const afterG = event.timeStamp - lastG.current < PAUSE_MS ? AFTER_G[event.key] : undefined
      lastG.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
      const action = afterG ?? BY_KEY[event.key]
      if (action && runAction(action)) event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [on])
  return (
    <>
      {keys.Dialog && <keys.Dialog onClose={keys.close} />}
      {palette.Dialog && <palette.Dialog typed={palette.typed} onClose={palette.close} />}
    </>
  )
}
