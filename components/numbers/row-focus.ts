import type { ListItem } from '@/lib/inventory/view'

export const SEARCH_ID = 'search-numbers'
/** Buttons of the filters' menus. */
export const FILTER_IDS = { organization: 'filter-organization', country: 'filter-country' }

export function returnButtonId(key: string): string {
  return `return-${key.replace(/\W/g, '_')}`
}

export function openButtonId(key: string): string {
  return `open-${key.replace(/\W/g, '_')}`
}

/** The row that takes the place of this one when it is gone; empty when none does. */
export function rowAfter(items: readonly ListItem[], key: string): string {
  const rows = items.flatMap((item) => (item.kind === 'row' ? [item.row.key] : []))
  const index = rows.indexOf(key)
  return rows[index + 1] ?? rows[index - 1] ?? ''
}

function firstOf(...ids: string[]): HTMLElement | undefined {
  return ids.flatMap((id) => document.getElementById(id) ?? [])[0]
}

/** Focuses a row's return button (or what opens it, for who may not return); what stands above the list if it is not on screen. */
export function focusReturnButton(key: string): void {
  firstOf(returnButtonId(key), openButtonId(key), SEARCH_ID, 'content')?.focus()
}

/** Focuses a row, and none of its buttons; what stands above the list if it is not on screen. */
export function focusRow(key: string): void {
  const row = document.getElementById(openButtonId(key))?.closest<HTMLElement>('[role="row"]')
  const target = row ?? firstOf(SEARCH_ID, 'content')
  target?.focus()
}
