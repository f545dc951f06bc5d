import type { QueryClient } from '@tanstack/react-query'
import { forgetTab } from '@/lib/client/storage/tab'
import { signInPath } from '@/lib/domain/session/next'

type SessionMessage = { type: 'signed-out' } | { type: 'signed-in'; accountId: string }

const CHANNEL = 'numberdesk-session'

/** Other tabs of this browser share the cookie. */
export function notifyTabs(message: SessionMessage): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(message)
  channel.close()
}

export function listenToTabs(onMessage: (message: SessionMessage) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  // Only `notifyTabs` of the same origin can post here.
  channel.onmessage = (event: MessageEvent<SessionMessage>) => onMessage(event.data)
  return () => channel.close()
}

let leaving = false

/** Loads the sign-in page as a new document, so that nothing stays in memory. `ended`: not by *Sign out* here. */
export function leave(client: QueryClient, { ended, notify }: { ended: boolean; notify: boolean }): void {
  if (leaving || location.pathname === '/sign-in') return
  leaving = true
  client.clear()
  forgetTab()
  // From the back-forward cache the document is shown before its scripts run.
  window.addEventListener('pagehide', () => {
    document.body.hidden = true
  })
  if (notify) notifyTabs({ type: 'signed-out' })
  location.assign(ended ? signInPath(location.pathname + location.search, { ended }) : '/sign-in')
}

/** Reloads a document that was left and is shown again. @returns whether it was left. */
export function reloadIfLeft(): boolean {
  if (leaving) location.reload()
  return leaving
}
