'use client'

import { keptText } from './local-text'

const { useText, keep } = keptText('numberdesk-shortcuts')

/** Whether `/` and `?` act anywhere on the page; kept in this browser (WCAG 2.1.4 asks for a way to switch them off). */
export function useShortcutsOn(): boolean {
  return useText() !== 'off'
}

export function setShortcutsOn(on: boolean): void {
  keep(on ? 'on' : 'off')
}
