import type { Metadata } from 'next'
import { HistoryScreen } from '@/components/history/history-screen'
import { context } from '@/lib/server/context/context'
import { lastRestore } from '@/lib/server/db/restores'
import { requirePageSession } from '@/lib/server/session/page-session'

export const metadata: Metadata = { title: 'History' }

interface HistoryProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function HistoryPage({ searchParams }: HistoryProps) {
  await requirePageSession('/history', await searchParams)
  const { db } = await context()
  return <HistoryScreen restored={await lastRestore(db)} />
}
