'use client'

import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDescription, ConfirmDialog, DialogActions } from '@/components/ui/dialog'
import { IrreversibleButton } from '@/components/ui/irreversible-button'
import { runningWording } from '@/lib/client/queries/running-batches'
import type { BatchSummary } from '@/lib/domain/batches/batch'

interface SignOutDialogProps {
  /** Those that run; none is asked about only with `everywhere`. */
  batches: readonly BatchSummary[]
  everywhere: boolean
  busy: boolean
  onSignOut: () => void
  onStay: () => void
}

export default function SignOutDialog({ batches, everywhere, busy, onSignOut, onStay }: SignOutDialogProps) {
  const stay = useRef<HTMLButtonElement>(null)
  const it = batches.length === 1 ? 'it' : 'them'
  return (
    <ConfirmDialog
      open
      onClose={() => {
        if (!busy) onStay()
      }}
      title={everywhere ? 'Sign out everywhere?' : 'Sign out while a batch runs?'}
      firstFocus={stay}
    >
      <ConfirmDescription>
        {everywhere && (
          <p>
            This ends every session of this token, here and in every other browser. Whoever works there has to sign in
            again.
          </p>
        )}
        {batches.length > 0 && (
          <p>
            <span>{`${runningWording(batches)} Signing out stops ${it}`}</span>
            {!everywhere && (
              <span>{`, unless ${it === 'it' ? 'it was' : 'they were'} started in another browser`}</span>
            )}
            <span>, and the remaining numbers are not sent.</span>
          </p>
        )}
      </ConfirmDescription>
      <DialogActions>
        <Button ref={stay} blocked={busy} onClick={onStay}>
          Stay
        </Button>
        {everywhere ? (
          <IrreversibleButton
            confirms={batches.map(({ id }) => id).join(' ')}
            variant="primary"
            busy={busy}
            onClick={onSignOut}
          >
            Sign out everywhere
          </IrreversibleButton>
        ) : (
          <Button variant="primary" busy={busy} onClick={onSignOut}>
            Sign out
          </Button>
        )}
      </DialogActions>
    </ConfirmDialog>
  )
}
