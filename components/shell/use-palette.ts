'use client'

import { useEffect, useState } from 'react'
import { isBehindDialog } from '@/components/ui/focus'
import { useLazyDialog } from '@/components/ui/use-lazy-dialog'
import { isMac } from '@/lib/client/format/keys'

const load = () => import('@/components/palette/palette')

function isPaletteKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  // On a Mac, Ctrl+K deletes to the end of the line.
  const [own, other] = isMac() ? [metaKey, ctrlKey] : [ctrlKey, metaKey]
  return key.toLowerCase() === 'k' && own && !other && !altKey && !shiftKey
}

/** Ctrl+K (⌘K) opens it, also in a field. What is typed before its code has come is searched then. */
export function usePalette() {
  const { show, close, open, Dialog } = useLazyDialog(load, 'The search could not be loaded. Reload the page.')
  const [typed, setTyped] = useState('')
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isPaletteKey(event)) return
      event.preventDefault()
      if (event.repeat || isBehindDialog()) return
      setTyped('')
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
      if (key === 'Escape') close()
      else if (key === 'Backspace') setTyped((before) => before.slice(0, -1))
      else if (key.length === 1) setTyped((before) => before + key)
    }
    window.addEventListener('keydown', take, { capture: true })
    return () => window.removeEventListener('keydown', take, { capture: true })
  }, [loading, close])

  const showEmpty = () => {
    setTyped('')
    show()
  }
  return { show: showEmpty, close, open, typed, Dialog }
}
