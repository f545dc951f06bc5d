import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { NumbersScreen } from '@/components/numbers/numbers-screen'
import { FOLD_COOKIE, isFolded } from '@/components/numbers/overview-fold'
import { SNAPSHOT_PATH } from '@/lib/domain/inventory/snapshot-path'
import { settings } from '@/lib/server/config/current'
import { context } from '@/lib/server/context/context'
import { requirePageSession } from '@/lib/server/session/page-session'
import { storedWord } from '@/lib/server/session/stored-word'

export const metadata: Metadata = { title: 'Numbers' }

interface NumbersProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function NumbersPage({ searchParams }: NumbersProps) {
  const params = await searchParams
  const { identity } = await requirePageSession('/numbers', params)
  // Only Next's router asks otherwise: it has the list, or its page asks at once.
  const isDocument = (await headers()).get('sec-fetch-dest') === 'document'
  const overviewFolded = isFolded(await storedWord(FOLD_COOKIE))
  const { maxBatch, returnHoldSeconds } = settings()
  // Any other address may begin with other rows.
  const isWholeList = Object.keys(params).length === 0
  const start = isDocument && isWholeList ? await (await context()).snapshots.startOf(identity) : null
  return (
    <>
      {isDocument && <link rel="preload" as="fetch" crossOrigin="anonymous" href={SNAPSHOT_PATH} />}
      <NumbersScreen
        start={start}
        maxBatch={maxBatch}
        holdSeconds={returnHoldSeconds}
        overviewFolded={overviewFolded}
      />
    </>
  )
}
