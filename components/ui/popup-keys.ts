import type { KeyboardEvent } from 'react'
import { normalize } from '@/lib/domain/text/normalize'

/** Letters that were typed one after the other, and when the last of them was, in the event's own ms. */
export interface Typed {
  text: string
  at: number
}

/** Letters that follow within this time belong together, ms. */
const TOGETHER = 700
const PAGE = 10
/** What the fade at a list's end covers, px: a choice with the focus stands above it. */
const FADE = 40

const isField = (stop: Element) => stop instanceof HTMLInputElement && stop.type === 'text'

/** All that the keys move among in a panel, in its order. */
function stopsOf(panel: HTMLElement): HTMLElement[] {
  const stops = panel.querySelectorAll<HTMLElement>('input:not(:disabled), button:not(:disabled), summary, a[href]')
  return [...stops].filter((stop) => stop.getClientRects().length > 0)
}

/** Gives the focus and scrolls the list around it; the page only if it would not be seen otherwise. */
function moveTo(stop: HTMLElement): void {
  stop.focus({ preventScroll: true })
  const line = stop.closest('label') ?? stop
  const list = line.closest('fieldset')
  const place = line.getBoundingClientRect()
  if (list) {
    const { top, bottom } = list.getBoundingClientRect()
    if (place.top < top) list.scrollTop -= top - place.top
    else list.scrollTop += Math.max(0, place.bottom - bottom + FADE)
  }
  const { top, bottom } = line.getBoundingClientRect()
  if (top < 0 || bottom > window.innerHeight) line.scrollIntoView({ block: 'nearest' })
}

/** Where a key leads from the stop at `at` (-1: from the button); undefined: no further. */
function leadsTo(key: string, stops: readonly HTMLElement[], at: number): HTMLElement | undefined {
  const choices = stops.filter((stop) => !isField(stop))
  const chosen = choices.find((stop) => stop.matches('[type=radio]:checked'))
  const last = stops.length - 1
  if (key === 'Home') return choices[0]
  if (key === 'End') return choices.at(-1)
  if (key === 'ArrowDown') return at < 0 ? (chosen ?? choices[0]) : stops[at + 1]
  if (key === 'ArrowUp') return at < 0 ? choices.at(-1) : stops[at - 1]
  return stops[key === 'PageDown' ? Math.min(at + PAGE, last) : Math.max(at - PAGE, 0)]
}

/** The next stop whose words begin with what was typed; the same letter again goes on to the next one. */
function beginningWith(text: string, stops: readonly HTMLElement[], at: number): HTMLElement | undefined {
  const [first = ''] = text
  const again = [...text].every((letter) => letter === first)
  const from = Math.max(again ? at + 1 : at, 0)
  const words = (stop: HTMLElement) =>
    normalize((stop instanceof HTMLInputElement ? stop.labels?.[0] : stop)?.textContent ?? '')
  return [...stops.slice(from), ...stops.slice(0, from)].find((stop) => words(stop).startsWith(again ? first : text))
}

const MOVES = ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp']

/** The focus on the chosen or first choice. */
export function enterPanel(panel: HTMLElement): void {
  const stop = leadsTo('ArrowDown', stopsOf(panel), -1)
  if (stop) moveTo(stop)
}

/**
 * Keys in an open panel or on its button: arrows, Home, End and pages move among what it holds and never scroll the page;
 * letters go to its field, or to what begins with them. Choosing stays with Enter, Space and the pointer.
 */
export function onPanelKey(event: KeyboardEvent, panel: HTMLElement, button: HTMLElement, typed: Typed): void {
  const { key, target, nativeEvent, timeStamp } = event
  if (event.ctrlKey || event.metaKey || event.altKey || nativeEvent.isComposing) return
  const stops = stopsOf(panel)
  const at = target instanceof HTMLElement ? stops.indexOf(target) : -1
  // A list that the keys themselves scroll keeps them.
  if (at < 0 && target !== button) return
  const here = stops[at]
  const inField = here !== undefined && isField(here)
  if (MOVES.includes(key) && !(inField && (key === 'Home' || key === 'End'))) {
    event.preventDefault()
    const stop = leadsTo(key, stops, at)
    if (stop) moveTo(stop)
    return
  }
  const goesOn = typed.text !== '' && timeStamp - typed.at < TOGETHER
  // “united k”: a space between letters chooses nothing.
  if (key === ' ' && goesOn && !inField) event.preventDefault()
  if (inField || !/^[\p{L}\p{N}]$/u.test(key)) return
  const field = stops.find(isField)
  // The letter itself is entered where the focus is by then.
  if (field) {
    field.focus({ preventScroll: true })
    return
  }
  typed.text = (goesOn ? typed.text : '') + normalize(key)
  typed.at = timeStamp
  const stop = beginningWith(typed.text, stops, at)
  if (stop) moveTo(stop)
}
