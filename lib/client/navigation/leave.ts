import type { QueryClient } from '@tanstack/react-query'
import { forgetTab } from '@/lib/client/storage/tab'
import { signInPath } from '@/lib/domain/session/next'

type SessionNews = { type: 'signed-out' } | { type: 'signed-in'; accountId: string }

const CHANNEL = 'numberdesk-session'

/** Tells the other tabs of this browser. They share the cookie, so they share its fate. */
export function tellTabs(news: SessionNews): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(news)
  channel.close()
}

/** Hears what other tabs tell. Gives back how to stop hearing. */
export function hearTabs(onNews: (news: SessionNews) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  // Only this app's own tabs can post here, and only by `tellTabs`.
  channel.onmessage = (event: MessageEvent<SessionNews>) => onNews(event.data)
  return () => channel.close()
}

let leaving = false

/**
 * Goes to the sign-in page as a new document, so that nothing read under the old session survives in memory.
 * `ended`: not by a press on *Sign out* here, so the page says why and leads back.
 */
export function leave(client: QueryClient, { ended, tell }: { ended: boolean; tell: boolean }): void {
  if (leaving || location.pathname === '/sign-in') return
  leaving = true
  client.clear()
  forgetTab()
  // A browser that keeps the left document shows it anew before any script of it runs.
  window.addEventListener('pagehide', () => {
    document.body.hidden = true
  })
  if (tell) tellTabs({ type: 'signed-out' })
  location.assign(ended ? signInPath(location.pathname + location.search, { ended }) : '/sign-in')
}

/** A document that was left and is shown again holds nothing: it is loaded anew. @returns whether it was left. */
export function reloadIfLeft(): boolean {
  if (leaving) location.reload()
  return leaving
}
