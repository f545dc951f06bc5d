'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '../ui/button'
import { MoreIcon } from '../ui/icons'
import { Popup } from '../ui/popup'
import { useAnnounce } from './announcer'
import { leave } from './leave'
import { deleteSession } from './session-query'
import { setShortcutsOn, useShortcutsOn } from './shortcuts-setting'
import { ThemeSwitch } from './theme-switch'

function useSignOut() {
  const client = useQueryClient()
  const announce = useAnnounce()
  return useMutation({
    mutationFn: deleteSession,
    onSuccess: () => leave(client, { ended: false, tell: true }),
    onError: (error) => announce(`You are still signed in. ${error.message}`, 'failure'),
  })
}

function ShortcutsSwitch() {
  const on = useShortcutsOn()
  return (
    <label className="flex min-h-8 items-center gap-2 border-t border-line px-3 pt-1 max-sm:hidden">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => setShortcutsOn(event.target.checked)}
        className="size-4 accent-accent"
      />
      Keys / and ?
    </label>
  )
}

/** *Sign out* in plain view; the rest behind a menu. */
export function AccountMenu() {
  const signOut = useSignOut()
  return (
    <div className="flex items-center gap-1">
      <Popup label="Settings" button={<MoreIcon />} look="ghost" className="aspect-square px-0! max-sm:min-w-11">
        {() => (
          <>
            <ThemeSwitch />
            <ShortcutsSwitch />
            <div className="border-t border-line pt-1">
              <Button
                look="ghost"
                className="w-full justify-start!"
                busy={signOut.isPending}
                onClick={() => signOut.mutate({ everywhere: true })}
              >
                Sign out everywhere
              </Button>
            </div>
          </>
        )}
      </Popup>
      <Button
        look="ghost"
        className="max-sm:px-2!"
        busy={signOut.isPending}
        onClick={() => signOut.mutate({ everywhere: false })}
      >
        Sign out
      </Button>
    </div>
  )
}
