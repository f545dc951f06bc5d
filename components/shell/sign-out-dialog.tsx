'use client'

import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDescription, ConfirmDialog, DialogActions } from '@/components/ui/dialog'
import { runningWording } from '@/lib/client/queries/running-batches'
import type { BatchSummary } from '@/lib/domain/batches/batch'

interface SignOutDialogProps {
  /** The batches that run; null: closed. */
  batches: readonly BatchSummary[] | null
  everywhere: boolean
  busy: boolean
  onSignOut: () => void
  onStay: () => void
}

/** Asks before signing out takes a running batch with it. */
export default function SignOutDialog({ batches, everywhere, busy, onSignOut, onStay }: SignOutDialogProps) {
  const stay = useRef<HTMLButtonElement>(null)
  const it = batches?.length === 1 ? 'it' : 'them'
  return (
    <ConfirmDialog
      open={batches !== null}
      onClose={() => {
        if (!busy) onStay()
      }}
      title="Sign out while a batch runs?"
      firstFocus={stay}
    >
      <ConfirmDescription>
        <p>
          {batches && runningWording(batches)} Signing out stops {it}
          {everywhere ? '' : `, unless ${it === 'it' ? 'it was' : 'they were'} begun in another browser`}, and the rest
          is not sent.
        </p>
      </ConfirmDescription>
      <DialogActions>
        <Button ref={stay} blocked={busy} onClick={onStay}>
          Stay
        </Button>
        <Button variant="primary" busy={busy} onClick={onSignOut}>
          Sign out
        </Button>
      </DialogActions>
    </ConfirmDialog>
  )
}
