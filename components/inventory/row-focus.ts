import type { ListItem } from '@/lib/domain/inventory/view'

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

function firstOf(...ids: string[]): HTMLElement | undefined {
  return ids.flatMap((id) => document.getElementById(id) ?? [])[0]
}

/** Focuses the line of the list whose turn it is; what stands above the list if there is none. */
export function focusActiveLine(): void {
  const line = document.querySelector<HTMLElement>('main [role="row"][data-index][tabindex="0"]')
  const target = line ?? firstOf(SEARCH_ID, 'content')
  target?.focus()
}

/**
 * Gives a row the focus back: to its button with this id, if it has one, or to the row itself, where no key that follows by
 * habit asks for a return. What stands above the list gets it if the row is not on screen.
 */
export function focusRow(key: string, buttonId = ''): void {
  const row = document.getElementById(openButtonId(key))?.closest<HTMLElement>('[role="row"]')
  const button = buttonId ? row?.querySelector<HTMLElement>(`[id="${buttonId}"]`) : null
  const target = button ?? row ?? firstOf(SEARCH_ID, 'content')
  target?.focus()
}
