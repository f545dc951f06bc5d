'use client'

import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { formatTime } from '@/lib/client/format/format'
import type { nearEnd } from '@/lib/domain/session/times'

interface SessionNoticeProps {
  /** The end to warn of; null: none is near. */
  near: ReturnType<typeof nearEnd>
  /** Puts off the end of an idle session. */
  onStay: () => Promise<void>
}

/** Marks the notice for those who ask whether something was done outside it. */
export const NOTICE_ID = 'session-notice'

function wordsFor({ kind, at }: NonNullable<SessionNoticeProps['near']>): string {
  const when = formatTime(new Date(at).toISOString(), Date.now())
  return kind === 'idle'
    ? `Your session ends soon, at ${when}, because nothing was done for a while.`
    : `Your session has reached its full length and ends at ${when}. You will have to sign in again; a batch that still runs then stops, and the rest of it is not sent.`
}

/** Warns of the session's end, below any dialog. It is told once, and takes no focus; `aria-live` is heard beside a dialog. */
export function SessionNotice({ near, onStay }: SessionNoticeProps) {
  const [dismissed, setDismissed] = useState(false)
  const [busy, setBusy] = useState(false)
  // The button goes with the notice, and the focus must not go with it.
  const before = useRef<Element | null>(null)
  const giveBack = () => {
    const back = before.current?.isConnected ? before.current : document.getElementById('content')
    if (back instanceof HTMLElement) back.focus({ preventScroll: true })
  }
  const shown = near?.kind === 'last' && dismissed ? null : near
  const stay = async () => {
    setBusy(true)
    await onStay()
    setBusy(false)
    if (
      document.activeElement === document.body ||
      document.getElementById(NOTICE_ID)?.contains(document.activeElement)
    )
      giveBack()
  }
  const dismiss = () => {
    setDismissed(true)
    giveBack()
  }
  return (
    <div
      id={NOTICE_ID}
      {...(shown && { role: 'region', 'aria-label': 'End of the session' })}
      className={
        shown
          ? 'fixed inset-x-3 top-3 z-30 mx-auto flex max-w-xl flex-wrap items-start gap-x-3 gap-y-2 rounded-panel border border-warn-line bg-warn-soft px-3 py-2 text-warn shadow-lift sm:flex-nowrap'
          : ''
      }
    >
      {shown && <Icon name="warn" className="mt-1.5 size-4" />}
      <div aria-live="polite" className={shown ? 'min-w-0 grow basis-40 py-1' : 'sr-only'}>
        {shown && <p key={shown.kind}>{wordsFor(shown)}</p>}
      </div>
      {shown && (
        <Button
          busy={busy}
          onFocus={(event) => {
            before.current = event.relatedTarget
          }}
          onClick={shown.kind === 'idle' ? stay : dismiss}
        >
          {shown.kind === 'idle' ? 'Stay signed in' : 'Dismiss'}
        </Button>
      )}
    </div>
  )
}
