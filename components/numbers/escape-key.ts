'use client'

import { useEffect } from 'react'
import { focusFirstLine } from '@/components/ui/focus'
import { useNumbers, useShown } from './numbers-context'

/** Escape, where no dialog or menu takes it, clears the search, then the selection; in an empty search it goes to the list. */
export function EscapeKey(): null {
  const { selection, flow, batch } = useNumbers()
  const view = useShown()
  const { params, setParams } = view
  // Also one whose code is still being loaded.
  const dialog = flow.isOpen || batch.step !== 'closed' || params.number !== null
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, target, isComposing, repeat } = event
      if (key !== 'Escape' || event.defaultPrevented || isComposing || repeat || dialog) return
      if (document.querySelector('[role$="dialog"], :popover-open, #activity:not([hidden])')) return
      const field = target instanceof Element ? target.closest('input:not([type="checkbox"]), textarea, select') : null
      const inSearch = field instanceof HTMLInputElement && field.type === 'search'
      if (field && !inSearch) return
      if (params.q !== '') void setParams({ q: null })
      else if (inSearch) focusFirstLine()
      else if (selection.rows.length > 0) selection.clear()
      else return
      event.preventDefault()
    }
    // Before the dialogs' own listeners, which close them.
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [params.q, setParams, selection, dialog])
  return null
}
