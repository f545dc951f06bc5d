'use client'

import { useEffect, useState } from 'react'
import type KeysDialog from './keys-dialog'
import { useShortcutsOn } from './shortcuts-setting'

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role$="dialog"]') !== null
  )
}

/** `/` goes to the search, `?` lists the keys. Neither acts in fields and dialogs. */
export function Shortcuts() {
  const on = useShortcutsOn()
  const [open, setOpen] = useState(false)
  const [Keys, setKeys] = useState<typeof KeysDialog | null>(null)

  useEffect(() => {
    if (!on) return
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === '/') {
        event.preventDefault()
        document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus()
      } else if (event.key === '?') {
        import('./keys-dialog').then(
          (module) => {
            setKeys(() => module.default)
            setOpen(true)
          },
          () => undefined,
        )
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [on])
  return Keys && <Keys open={open} onClose={() => setOpen(false)} />
}
