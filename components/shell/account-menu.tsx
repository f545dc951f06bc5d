'use client'

import { runAction, useActions } from '@/components/ui/actions'
import { AppLink } from '@/components/ui/app-link'
import { Button, buttonClass } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { Kbd } from '@/components/ui/kbd'
import { Popover } from '@/components/ui/popover'
import { ownKeys } from '@/lib/client/format/keys'
import { setShortcutsOn, useShortcutsOn } from '@/lib/client/storage/shortcuts'
import type { SignedInAccount } from '@/lib/domain/session/account'
import { ROLE_WORDING } from './role-wording'
import { applyTheme, ThemeSwitch } from './theme-switch'
import { useSignOut } from './use-sign-out'

function ShortcutsSwitch() {
  const on = useShortcutsOn()
  return (
    <label className="flex min-h-8 items-center gap-2 border-t max-sm:min-h-11 border-line px-3 pt-1 max-sm:pointer-coarse:hidden">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => setShortcutsOn(event.target.checked)}
        className="size-4 accent-accent"
      />
      <span>Keys /, ? and g</span>
    </label>
  )
}

function FoundRole({ role, foundByAsking }: SignedInAccount) {
  if (!foundByAsking) return null
  return (
    <p className="grid border-b border-line px-3 pt-1 pb-2 text-ink-2">
      <span>{`${ROLE_WORDING[role]}, found by asking`}</span>
      <span className="text-sm text-ink-3">Vida’s lists show it.</span>
    </p>
  )
}

/** A token is shared: who typed it is what is said here. */
function Operator({ name }: { name: string }) {
  return (
    <p className="grid border-b border-line px-3 pt-1 pb-2">
      <span className="text-sm text-ink-3">Signed in as</span>
      <bdi translate="no" className="font-medium wrap-anywhere">
        {name}
      </bdi>
    </p>
  )
}

interface AccountMenuProps {
  account: SignedInAccount
  operator: string | null
}

export function AccountMenu({ account, operator }: AccountMenuProps) {
  const { busy, signOut, dialog } = useSignOut()
  useActions({
    lightTheme: () => applyTheme('light'),
    darkTheme: () => applyTheme('dark'),
    systemTheme: () => applyTheme('system'),
    signOut: !busy && (() => signOut({ everywhere: false })),
    signOutEverywhere: !busy && (() => signOut({ everywhere: true })),
  })
  return (
    <div className="flex items-center gap-1 max-sm:gap-0">
      <Popover
        label="Settings"
        button={<Icon name="more" />}
        variant="ghost"
        className="aspect-square px-0! max-sm:min-w-11"
      >
        {(close) => {
          // First closes the menu, so that a dialog returns the focus to the menu's button.
          const entry = (act: () => void) => () => {
            close()
            act()
          }
          return (
            <>
              {operator !== null && <Operator name={operator} />}
              <FoundRole {...account} />
              <ThemeSwitch />
              <ShortcutsSwitch />
              <div className="grid border-t border-line pt-1">
                <Button
                  variant="ghost"
                  className="justify-between!"
                  onClick={entry(() => runAction('palette'))}
                  aria-keyshortcuts="Control+K Meta+K"
                >
                  <span>Search everything…</span>
                  <Kbd>{ownKeys(['Ctrl K', '⌘ K']).join()}</Kbd>
                </Button>
                <Button
                  variant="ghost"
                  className="justify-start! max-sm:pointer-coarse:hidden"
                  onClick={entry(() => runAction('keys'))}
                >
                  Keyboard shortcuts
                </Button>
                <AppLink href="/settings" onClick={close} className={`${buttonClass('ghost')} justify-start!`}>
                  Settings
                </AppLink>
                <Button
                  variant="ghost"
                  className="justify-start!"
                  busy={busy}
                  onClick={entry(() => signOut({ everywhere: true }))}
                >
                  Sign out everywhere
                </Button>
              </div>
            </>
          )
        }}
      </Popover>
      <Button
        variant="ghost"
        title="Sign out"
        className="max-sm:min-w-11 max-sm:px-0!"
        busy={busy}
        onClick={() => signOut({ everywhere: false })}
      >
        {!busy && <Icon name="leave" className="size-4 sm:hidden" />}
        <span className="max-sm:sr-only">Sign out</span>
      </Button>
      {dialog}
    </div>
  )
}
