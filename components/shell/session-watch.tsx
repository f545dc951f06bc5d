'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useToast } from '@/components/ui/toast'
import { isSignedOut } from '@/lib/client/fetch/api'
import { leave, listenToTabs, reloadIfLeft } from '@/lib/client/navigation/leave'
import { numbersQuery } from '@/lib/client/queries/inventory'
import { noteUse, sessionQuery } from '@/lib/client/queries/session'
import type { SignedInAccount } from '@/lib/domain/session/account'
import { localTimes, nearEnd, nextRead, type SessionTimes } from '@/lib/domain/session/times'
import { NOTICE_ID, SessionNotice } from './session-notice'

const USES = ['pointerdown', 'keydown', 'wheel'] as const

interface SessionWatchProps {
  account: SignedInAccount
  operator: string | null
  times: SessionTimes
}

/** Follows the session: its end, other tabs, another account, the back-forward cache. */
export function SessionWatch({ account, operator, times }: SessionWatchProps) {
  const { id: accountId, role, canReturn } = account
  const client = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  const initialData = () => ({ account, operator, times: localTimes(times, Date.now()) })
  const { data, refetch, isFetchedAfterMount } = useQuery({ ...sessionQuery, initialData })
  // The first requests of a page may have postponed the end that it was rendered with.
  const near = isFetchedAfterMount ? nearEnd(data.times) : null
  const idle = near?.kind === 'idle'
  const readAt = nextRead(data.times, { warned: near !== null })
  // Keeps a running scan alive while another page of the app is open; it starts none.
  const { fetchStatus } = useQuery({ ...numbersQuery, enabled: false, notifyOnChangeProps: ['fetchStatus'] })

  useEffect(() => {
    const now = data.account
    if (now.id !== accountId) location.reload()
    else if (now.role !== role || now.canReturn !== canReturn || data.operator !== operator) router.refresh()
  }, [data, accountId, role, canReturn, operator, router])

  useEffect(() => {
    // A scan asks Vida again for a role that is not known.
    if (role === 'unknown' && fetchStatus === 'idle') void refetch({ cancelRefetch: false })
  }, [role, fetchStatus, refetch])

  useEffect(() => {
    const timer = setTimeout(() => void refetch({ cancelRefetch: false }), Math.max(1_000, readAt - Date.now()))
    return () => clearTimeout(timer)
  }, [readAt, refetch])

  useEffect(() => {
    const used = ({ target }: Event) => {
      noteUse()
      const inNotice = target instanceof Node && document.getElementById(NOTICE_ID)?.contains(target)
      // Any activity outside the warning extends the session at once.
      if (idle && !inNotice) void refetch({ cancelRefetch: false })
    }
    for (const use of USES) window.addEventListener(use, used, { passive: true, capture: true })
    return () => {
      for (const use of USES) window.removeEventListener(use, used, { capture: true })
    }
  }, [idle, refetch])

  useEffect(() => {
    const restored = (event: PageTransitionEvent) => {
      if (event.persisted && !reloadIfLeft()) void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    }
    const stopListening = listenToTabs((message) => {
      if (message.type === 'signed-out') leave(client, { ended: true, notify: false })
      else if (message.accountId !== accountId) location.reload()
    })
    window.addEventListener('pageshow', restored)
    return () => {
      stopListening()
      window.removeEventListener('pageshow', restored)
    }
  }, [client, accountId])

  const stay = async () => {
    noteUse()
    const { error } = await refetch()
    if (!error) toast('You stay signed in.')
    else if (!isSignedOut(error)) toast(`The session was not extended. ${error.message}`, 'failure')
  }
  return <SessionNotice near={near} onStay={stay} />
}
