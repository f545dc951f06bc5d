'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { NotLoaded } from '@/components/ui/not-loaded'
import { formatMoment } from '@/lib/client/format/format'
import { protectionChangesQuery } from '@/lib/client/queries/protections'
import type { ProtectionChange } from '@/lib/domain/protections/protection'
import { subjectOf } from '@/lib/domain/protections/wording'

function Change({ change }: { change: ProtectionChange }) {
  const { at, operator, reason } = change
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-3 gap-y-0.5 border-b border-line py-2 last:border-b-0 sm:grid-cols-[5rem_minmax(0,1fr)_minmax(0,1fr)_11rem]">
      <span>
        <Badge>{change.change === 'set' ? 'Protected' : 'Lifted'}</Badge>
      </span>
      <bdi translate="no" className="font-medium wrap-anywhere tabular-nums">
        {subjectOf(change)}
      </bdi>
      <span className="wrap-anywhere max-sm:col-start-2">{reason}</span>
      <span className="text-sm text-ink-3 max-sm:col-start-2">
        <span>{formatMoment(at)}</span>
        {operator !== null && (
          <>
            <span> by </span>
            <bdi translate="no">{operator}</bdi>
          </>
        )}
      </span>
    </li>
  )
}

/** Every protection that was set or lifted, newest first. */
export default function ProtectionChanges({ onClose }: { onClose: () => void }) {
  const close = useRef<HTMLButtonElement>(null)
  const query = useInfiniteQuery(protectionChangesQuery)
  const { data, error, isFetching, refetch } = query
  const changes = data?.pages.flatMap((page) => page.changes) ?? []
  return (
    <Dialog open wide onClose={onClose} title="Protection changes" firstFocus={close}>
      <div className="grid gap-3 px-5 pt-3">
        {(!data || error) && (
          <NotLoaded what="protection changes" error={error} busy={isFetching} onRetry={() => void refetch()} />
        )}
        {data && changes.length === 0 && <p className="text-ink-2">Nothing of this account has been protected yet.</p>}
        <ul className="empty:hidden">
          {changes.map((change) => (
            <Change key={change.id} change={change} />
          ))}
        </ul>
      </div>
      <DialogActions>
        {query.hasNextPage && (
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load more
          </Button>
        )}
        <Button ref={close} onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}
