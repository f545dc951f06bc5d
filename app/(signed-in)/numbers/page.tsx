import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { NumbersScreen } from '@/components/numbers/numbers-screen'
import { FOLD_COOKIE, isFolded } from '@/components/numbers/overview-fold'
import { pathWithQuery, signInPath } from '@/lib/domain/session/next'
import { settings } from '@/lib/server/config/current'
import { currentSession } from '@/lib/server/session/current'
import { storedWord } from '@/lib/server/session/stored-word'

export const metadata: Metadata = { title: 'Numbers' }

interface NumbersProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function NumbersPage({ searchParams }: NumbersProps) {
  const session = await currentSession()
  if (!session) redirect(signInPath(pathWithQuery('/numbers', await searchParams)))
  const overviewFolded = isFolded(await storedWord(FOLD_COOKIE))
  const { maxBatch, returnHoldSeconds } = settings()
  return <NumbersScreen maxBatch={maxBatch} holdSeconds={returnHoldSeconds} overviewFolded={overviewFolded} />
}
