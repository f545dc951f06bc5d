'use client'

import { useEffect } from 'react'
import { focusSearch } from '@/components/ui/focus'
import { useShortcutsOn } from '@/lib/client/storage/shortcuts'
import { useKeysDialog } from './use-keys-dialog'

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role$="dialog"]') !== null
  )
}

/** `/` goes to the search, `?` lists the keys; neither works in fields and dialogs. */
export function Shortcuts() {
  const on = useShortcutsOn()
  const { show, dialog } = useKeysDialog()

  useEffect(() => {
    if (!on) return
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === '/') {
        event.preventDefault()
        focusSearch()
      } else if (event.key === '?') {
        show()
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [on, show])
  return dialog
}
