'use client'

import { storedText } from './local-text'

const { useText, store } = storedText('numberdesk-shortcuts')

/** Whether `/` and `?` act anywhere on the page (WCAG 2.1.4 requires a way to switch them off). */
export function useShortcutsOn(): boolean {
  return useText() !== 'off'
}

export function setShortcutsOn(on: boolean): void {
  store(on ? 'on' : 'off')
}
