'use client'

import { useEffect, useState } from 'react'
import { isBehindDialog } from '@/components/ui/focus'
import { useLazyDialog } from '@/components/ui/use-lazy-dialog'
import { isMac } from '@/lib/client/format/keys'

const load = () => import('@/components/palette/palette')

const NOTHING = { text: '', entered: false }

function isPaletteKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  // On a Mac, Ctrl+K deletes to the end of the line.
  const [own, other] = isMac() ? [metaKey, ctrlKey] : [ctrlKey, metaKey]
  return key.toLowerCase() === 'k' && own && !other && !altKey && !shiftKey
}

/** Ctrl+K (⌘K) opens it, also in a field. What is typed before its code has come is searched then, and chosen by Enter. */
export function usePalette() {
  const { show, close, open, Dialog } = useLazyDialog(load, 'The search could not be loaded. Reload the page.')
  const [typed, setTyped] = useState(NOTHING)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isPaletteKey(event)) return
      event.preventDefault()
      if (event.repeat || isBehindDialog()) return
      setTyped(NOTHING)
      show()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [show])

  const loading = open && !Dialog
  useEffect(() => {
    if (!loading) return
    const take = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey } = event
      if (ctrlKey || metaKey || altKey) return
      // The keys of the list must not act on what is meant for the search.
      event.preventDefault()
      event.stopImmediatePropagation()
      if (key === 'Escape') return close()
      setTyped((before) => {
        if (before.entered) return before
        const { text } = before
        if (key === 'Enter') return { text, entered: text !== '' }
        if (key === 'Backspace') return { text: text.slice(0, -1), entered: false }
        return key.length === 1 ? { text: text + key, entered: false } : before
      })
    }
    window.addEventListener('keydown', take, { capture: true })
    return () => window.removeEventListener('keydown', take, { capture: true })
  }, [loading, close])

  const showEmpty = () => {
    setTyped(NOTHING)
    show()
  }
  return { show: showEmpty, close, open, typed, Dialog }
}
