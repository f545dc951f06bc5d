import type { ReactNode } from 'react'
import { AppLink } from '@/components/ui/app-link'
import type { SignedInAccount } from '@/lib/domain/session/account'
import { AccountMenu } from './account-menu'
import { Nav } from './nav'
import { ROLE_WORDING } from './role-wording'
import { Wordmark } from './wordmark'

interface HeaderProps {
  account: SignedInAccount
  operator: string | null
  activity: ReactNode
}

export function Header({ account, operator, activity }: HeaderProps) {
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex max-w-[105rem] flex-wrap items-center gap-x-4 gap-y-0 px-3 max-sm:gap-x-1 py-1.5 sm:px-6">
        <AppLink
          href="/numbers"
          className="rounded-control max-sm:-ml-2.5 max-sm:grid max-sm:size-11 max-sm:place-items-center"
        >
          <Wordmark compact />
        </AppLink>
        <Nav />
        <p className="order-last flex min-w-0 grow basis-full items-baseline gap-1.5 pb-1 text-sm sm:order-none sm:basis-40 sm:justify-end sm:pb-0">
          <span translate="no" className="truncate font-medium">
            {account.name}
          </span>
          <span className="shrink-0 text-ink-3">{ROLE_WORDING[account.role]}</span>
          {operator !== null && (
            <bdi translate="no" className="truncate border-l border-line pl-1.5 text-ink-2">
              {operator}
            </bdi>
          )}
        </p>
        <div className="flex items-center gap-1 max-sm:ml-auto max-sm:gap-0">
          {activity}
          <AccountMenu account={account} operator={operator} />
        </div>
      </div>
    </header>
  )
}
