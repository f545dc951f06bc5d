import type { Metadata } from 'next'
import { NumbersScreen } from '@/components/numbers/numbers-screen'
import { FOLD_COOKIE, isFolded } from '@/components/numbers/overview-fold'
import { settings } from '@/lib/server/config/current'
import { requirePageSession } from '@/lib/server/session/page-session'
import { storedWord } from '@/lib/server/session/stored-word'

export const metadata: Metadata = { title: 'Numbers' }

interface NumbersProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function NumbersPage({ searchParams }: NumbersProps) {
  await requirePageSession('/numbers', await searchParams)
  const overviewFolded = isFolded(await storedWord(FOLD_COOKIE))
  const { maxBatch, returnHoldSeconds } = settings()
  return <NumbersScreen maxBatch={maxBatch} holdSeconds={returnHoldSeconds} overviewFolded={overviewFolded} />
}
