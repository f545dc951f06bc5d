'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { restoreFocus } from '@/components/ui/focus'
import { Icon } from '@/components/ui/icon'
import { formatTime } from '@/lib/client/format/format'
import type { nearEnd } from '@/lib/domain/session/times'

interface SessionNoticeProps {
  near: ReturnType<typeof nearEnd>
  onStay: () => Promise<void>
}

export const NOTICE_ID = 'session-notice'

function endWording({ kind, at }: NonNullable<SessionNoticeProps['near']>): string {
  const when = formatTime(new Date(at).toISOString(), Date.now())
  return kind === 'idle'
    ? `Your session ends at ${when} because you have been inactive.`
    : `Your session ends at ${when} and cannot be extended. You will have to sign in again. A batch that is still running will stop, and its remaining numbers will not be sent.`
}

/** Warns of the session's end without taking the focus; `aria-live` is announced even while a dialog is open. */
export function SessionNotice({ near, onStay }: SessionNoticeProps) {
  const [dismissed, setDismissed] = useState(false)
  const [busy, setBusy] = useState(false)
  const shown = near?.kind === 'last' && dismissed ? null : near
  const stay = async () => {
    setBusy(true)
    await onStay()
    setBusy(false)
    if (
      document.activeElement === document.body ||
      document.getElementById(NOTICE_ID)?.contains(document.activeElement)
    )
      restoreFocus()
  }
  const dismiss = () => {
    setDismissed(true)
    restoreFocus()
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
        {shown && <p key={shown.kind}>{endWording(shown)}</p>}
      </div>
      {shown && (
        <Button busy={busy} onClick={shown.kind === 'idle' ? stay : dismiss}>
          {shown.kind === 'idle' ? 'Stay signed in' : 'Dismiss'}
        </Button>
      )}
    </div>
  )
}
