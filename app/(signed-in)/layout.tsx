import type { ReactNode } from 'react'
import { ActivityButton } from '@/components/activity/activity-button'
import { ActivityPanel } from '@/components/activity/activity-panel'
import { ActivityProvider } from '@/components/activity/activity-provider'
import { AccountProvider } from '@/components/inventory/account-context'
import { Header } from '@/components/shell/header'
import { ReadOnlyBanner } from '@/components/shell/read-only-banner'
import { SessionWatch } from '@/components/shell/session-watch'
import { Shortcuts } from '@/components/shell/shortcuts'
import { FocusKeeper } from '@/components/ui/focus'
import { settings } from '@/lib/server/config/current'
import { currentSession } from '@/lib/server/session/current'

/** Each page checks the session itself: a layout is not rendered again for each page. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const session = await currentSession()
  if (!session) return children
  const { account, operator, times } = session
  const { readOnly, requireReason } = settings()
  return (
    <AccountProvider signedIn={{ account, operator, reasonRequired: requireReason }}>
      <ActivityProvider>
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-control focus:bg-surface focus:px-3 focus:py-2"
        >
          Skip to content
        </a>
        {readOnly && <ReadOnlyBanner />}
        <Header account={account} operator={operator} activity={<ActivityButton />} />
        <SessionWatch account={account} operator={operator} times={times} />
        <Shortcuts />
        <FocusKeeper />
        <main id="content" tabIndex={-1} className="mx-auto max-w-[105rem] px-3 pt-5 pb-24 outline-none sm:px-6">
          <ActivityPanel />
          {children}
        </main>
      </ActivityProvider>
    </AccountProvider>
  )
}
