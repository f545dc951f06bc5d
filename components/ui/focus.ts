'use client'

import { type FocusEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'

/**
 * Where the focus goes when its element is removed, as `data-focus-next` on it or around it: the list's line in the Tab
 * order (without a list the search), the search, or the last button in there. Without the attribute: the nearest one.
 */
type Next = 'line' | 'search' | 'last'

/** What lies on top of the page; a panel beside the list does not. */
export const MODAL = '[role$="dialog"]:not([aria-modal="false"])'
const PANEL = '[role="dialog"][aria-modal="false"]'

const content = () => document.getElementById('content')
const searchField = () => content()?.querySelector<HTMLElement>('input[type="search"]')

export function focusSearch(): void {
  searchField()?.focus()
}

export function focusFirstLine(): void {
  content()?.querySelector<HTMLElement>('[data-index]')?.focus()
}

/** The panel beside the list, if one is open. */
export function focusPanel(): void {
  document.querySelector<HTMLElement>(PANEL)?.focus({ preventScroll: true })
}

/** A modal dialog lies over the page, which its library keeps from scrolling. */
export function isBehindDialog(): boolean {
  return document.body.hasAttribute('data-scroll-locked')
}

const FIND: Record<Next, (element: HTMLElement) => (HTMLElement | null | undefined)[]> = {
  line: () => [content()?.querySelector<HTMLElement>('[data-index][tabindex="0"]'), searchField()],
  search: () => [searchField()],
  last: (element) => [[...element.querySelectorAll('button')].at(-1)],
}

const isNext = (hint: string | undefined): hint is Next => hint !== undefined && hint in FIND

/** What had the focus last in the page's content, then the elements around it, from the inside; and on which page. */
let trail: { path: string; elements: HTMLElement[] } = { path: '', elements: [] }

function remember(target: EventTarget | null): void {
  const page = content()
  const elements: HTMLElement[] = []
  for (let at = target; at instanceof HTMLElement && page?.contains(at); at = at.parentElement) elements.push(at)
  trail = { path: location.pathname, elements }
}

function* candidates(): Generator<HTMLElement | null | undefined> {
  const { path, elements } = trail
  if (elements[0]?.isConnected) yield elements[0]
  for (const element of elements) {
    const hint = element.dataset.focusNext
    if (path === location.pathname && isNext(hint)) yield* FIND[hint](element)
    if (element.isConnected) {
      const region = element.closest<HTMLElement>('[tabindex]')
      yield region === content() ? element : region
    }
  }
  yield content()
}

/** Nothing has the focus, and nothing in the content of this page had it before. */
export function isFocusFree(): boolean {
  return document.activeElement === document.body && (trail.path !== location.pathname || trail.elements.length === 0)
}

/** Gives the focus back to what had it last in the page's content, or else to what is next to that. */
export function restoreFocus(): void {
  for (const element of candidates()) {
    if (!element) continue
    if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.tabIndex = -1
    element.focus({ preventScroll: true })
    if (document.activeElement === element) return
  }
}

/** Gives the focus to an element that had it before, or, if that is gone, to what is next to the last one. */
export function focusLast(before: Element | null): void {
  if (before instanceof HTMLElement && before.isConnected && before !== document.body)
    before.focus({ preventScroll: true })
  else restoreFocus()
}

/** While an element that has the focus is being removed: what gets it next. `find` is asked again once it is gone. */
export function focusAfterRemoval(find: () => HTMLElement | null): void {
  // `FocusKeeper` may look first, and then finds that nothing is missing.
  remember(find())
  queueMicrotask(() => {
    if (document.activeElement === document.body) find()?.focus()
  })
}

interface Back {
  /** Gets the focus if nothing had it when the dialog opened. */
  belongsTo?: (() => HTMLElement | null) | undefined
  /** Gets the focus in any case; null: what had it before. */
  goesOnTo?: (() => HTMLElement | null) | undefined
}

/** For a dialog: gives the focus back to what had it when the dialog opened, or to what the dialog belongs to. */
export function useFocusBack({ belongsTo, goesOnTo }: Back) {
  const before = useRef<Element | null>(null)
  const inPanel = useRef(false)
  return {
    remember: () => {
      before.current = document.activeElement
      inPanel.current = Boolean(before.current?.closest(PANEL))
    },
    giveBack: (event: Event) => {
      event.preventDefault()
      const next = goesOnTo?.()
      if (next && !inPanel.current) return next.focus()
      const back = before.current === document.body ? belongsTo?.() : before.current
      if (document.activeElement !== document.body) {
        // Another dialog took its place, which later gives the focus back.
        if (before.current === document.body && back) remember(back)
      } else if (back?.isConnected && back instanceof HTMLElement) back.focus()
      else restoreFocus()
    },
  }
}

/** Keeps the focus when its element is removed, so that the next Tab goes on from there. Dialogs keep theirs. */
export function FocusKeeper(): null {
  useEffect(() => {
    const page = content()
    if (!page) return
    const note = (event: FocusEvent['nativeEvent']) => remember(event.target)
    const forget = (event: FocusEvent['nativeEvent']) => {
      if (event.relatedTarget !== null) return
      // A person who leaves on purpose leaves an element that is still there a moment later.
      queueMicrotask(() => {
        if (trail.elements[0]?.isConnected && document.activeElement === document.body) remember(null)
      })
    }
    const observer = new MutationObserver(() => {
      const [had] = trail.elements
      if (had && !had.isConnected && document.activeElement === document.body) restoreFocus()
    })
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

const STEPS: Record<string, (at: number, last: number) => number> = {
  j: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  k: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + 10,
  PageUp: (at) => at - 10,
  Home: () => 0,
  End: (_at, last) => last,
}

function lineOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
}

interface Roving {
  count: number
  /** What the panel beside the list shows, and its line; -1: it has none. */
  shown: { id: string | null; index: number }
  /** Brings a line into view; it is in the document by then. */
  reveal: (index: number) => void
  /** A key on the line itself or in it, that does not move; `Shift+r` with Shift. True: it was used. */
  onKey: (key: string, index: number, onLine: boolean) => boolean
  /** A moving key without Shift, to a line. */
  onMove: (index: number) => void
  /** A moving key with Shift, from a line to another. */
  onExtend?: (from: number, to: number) => void
  /** Ctrl+A or ⌘A. True: it was used. */
  onAll?: () => boolean
}

/** One line of the list takes part in the Tab order; keys move it. They act only with the focus in the table. */
export function useRoving({ count, shown, reveal, onKey, onMove, onExtend, onAll }: Roving) {
  const [chosen, setActive] = useState(0)
  const active = Math.min(chosen, Math.max(0, count - 1))
  const list = useRef<HTMLDivElement>(null)
  const focusNext = useRef(false)

  const focus = (index: number) =>
    list.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true })
  useLayoutEffect(() => {
    if (!focusNext.current) return
    focusNext.current = false
    focus(active)
  })

  // Lines before it came or went: the line with the focus stays the one in the Tab order.
  useLayoutEffect(() => {
    const line = count > 0 && document.activeElement && lineOf(document.activeElement)
    if (line && list.current?.contains(line)) setActive(Number(line.dataset.index))
  }, [count])

  // The list comes along with what the panel shows next; it stays where it is when the panel opens.
  const shownId = useRef(shown.id)
  useLayoutEffect(() => {
    const before = shownId.current
    shownId.current = shown.id
    const isSame = before === shown.id
    const focused = document.activeElement && lineOf(document.activeElement)
    // Of a number in two accounts there are two lines.
    const stays = list.current?.contains(focused) && (isSame || focused?.ariaCurrent === 'true')
    if (shown.index < 0 || stays) return
    setActive(shown.index)
    if (!isSame && before !== null) reveal(shown.index)
  })

  const go = (index: number) => {
    focusNext.current = true
    setActive(index)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const line = lineOf(event.target)
    if (event.altKey || event.defaultPrevented) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if (event.ctrlKey || event.metaKey) {
      if (key === 'a' && !event.shiftKey && line && onAll?.()) event.preventDefault()
      return
    }
    const step = STEPS[key]
    if (step) {
      // From the headings it first goes to the line in the Tab order.
      const next = line ? Math.max(0, Math.min(count - 1, step(active, count - 1))) : active
      reveal(next)
      if (line && event.shiftKey) onExtend?.(active, next)
      else onMove(next)
      // Where it stays there is nothing to draw, and the line is in the document.
      if (next === active) focus(next)
      else go(next)
    } else {
      const pressed = event.shiftKey ? `Shift+${key}` : key
      if (!line || !onKey(pressed, Number(line.dataset.index), event.target === line)) return
    }
    event.preventDefault()
  }
  const onFocus = (event: FocusEvent) => {
    const line = lineOf(event.target)
    if (line) setActive(Number(line.dataset.index))
  }
  return { active, list, focus, go, onKeyDown, onFocus }
}
