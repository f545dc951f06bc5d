'use client'

import { useEffect } from 'react'

/**
 * What has the focus may go: a notice that was dealt with, a button that served its purpose. The focus then stays in
 * what is left around it, so that the next Tab goes on from there. Dialogs look after theirs.
 */
export function FocusKeeper() {
  useEffect(() => {
    const page = document.getElementById('content')
    if (!page) return
    let around: HTMLElement[] = []
    const note = (event: FocusEvent) => {
      around = []
      for (let at = event.target; at instanceof HTMLElement && page.contains(at); at = at.parentElement) around.push(at)
    }
    const forget = (event: FocusEvent) => {
      // Whoever goes away on purpose leaves an element that is still there a moment later.
      if (event.relatedTarget === null)
        queueMicrotask(() => {
          if (around[0]?.isConnected && document.activeElement === document.body) around = []
        })
    }
    const keep = () => {
      if (!around[0] || around[0].isConnected || document.activeElement !== document.body) return
      for (const left of around.filter((each) => each.isConnected)) {
        // Of a list the line whose turn it is by now.
        const to = left.querySelector<HTMLElement>(':scope > [data-index][tabindex="0"]') ?? left
        if (!to.hasAttribute('tabindex')) to.tabIndex = -1
        to.focus({ preventScroll: true })
        if (document.activeElement === to) return
      }
    }
    const observer = new MutationObserver(keep)
    observer.observe(page, { childList: true, subtree: true })
    page.addEventListener('focusin', note)
    page.addEventListener('focusout', forget)
    return () => {
      observer.disconnect()
      page.removeEventListener('focusin', note)
      page.removeEventListener('focusout', forget)
    }
  }, [])
  return null
}
