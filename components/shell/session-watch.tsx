'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { numbersQuery } from '@/lib/inventory/query'
import type { SignedInAccount } from '@/lib/session/account'
import { hearTabs, leave } from './leave'
import { noteUse, sessionQuery } from './session-query'

/** Keeps this document and its session together: other tabs, the back-forward cache, another identity, the end. */
export function SessionWatch({ account }: { account: SignedInAccount }) {
  const accountId = account.id
  const client = useQueryClient()
  const { data } = useQuery({ ...sessionQuery, initialData: { account } })
  // Holds on to a running walk while another page of the app is looked at; it starts none.
  useQuery({ ...numbersQuery, enabled: false, notifyOnChangeProps: [] })

  useEffect(() => {
    if (data.account.id !== accountId) location.reload()
  }, [data, accountId])

  useEffect(() => {
    const restored = (event: PageTransitionEvent) => {
      if (event.persisted) void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    }
    const stopHearing = hearTabs((news) => {
      if (news.type === 'signed-out') leave(client, { ended: true, tell: false })
      else if (news.accountId !== accountId) location.reload()
    })
    window.addEventListener('pageshow', restored)
    window.addEventListener('pointerdown', noteUse, { passive: true })
    window.addEventListener('keydown', noteUse, { passive: true })
    window.addEventListener('wheel', noteUse, { passive: true })
    return () => {
      stopHearing()
      window.removeEventListener('pageshow', restored)
      window.removeEventListener('pointerdown', noteUse)
      window.removeEventListener('keydown', noteUse)
      window.removeEventListener('wheel', noteUse)
    }
  }, [client, accountId])
  return null
}
