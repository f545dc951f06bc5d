import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { HistoryScreen } from '@/components/history/history-screen'
import { pathWithQuery, signInPath } from '@/lib/domain/session/next'
import { context } from '@/lib/server/context/context'
import { lastRestore } from '@/lib/server/db/restores'
import { currentSession } from '@/lib/server/session/current'

export const metadata: Metadata = { title: 'History' }

interface HistoryProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function HistoryPage({ searchParams }: HistoryProps) {
  const session = await currentSession()
  if (!session) redirect(signInPath(pathWithQuery('/history', await searchParams)))
  const { db } = await context()
  return <HistoryScreen restored={await lastRestore(db)} />
}
