import type { ListItem } from '@/lib/inventory/view'

export const SEARCH_ID = 'search-numbers'

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

/** Focuses a row's return button (or what opens it, for who may not return); what stands above the list if it is not on screen. */
export function focusReturnButton(key: string): void {
  const [target] = [returnButtonId(key), openButtonId(key), SEARCH_ID, 'content'].flatMap(
    (id) => document.getElementById(id) ?? [],
  )
  target?.focus()
}
