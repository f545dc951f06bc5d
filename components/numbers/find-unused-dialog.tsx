'use client'

import { useMemo, useRef } from 'react'
import { useFindUses } from '@/components/inventory/use-uses'
import { Button } from '@/components/ui/button'
import { ConfirmDescription, ConfirmDialog, DialogActions } from '@/components/ui/dialog'
import { formatCount, plural } from '@/lib/client/format/format'
import { useShown } from './numbers-context'

interface FindUnusedDialogProps {
  onClose: () => void
  onBegun: () => void
}

/** Names what reading the use of the accounts in view costs, before anything is asked. */
export default function FindUnusedDialog({ onClose, onBegun }: FindUnusedDialogProps) {
  const { found, uses } = useShown()
  const findUses = useFindUses()
  const first = useRef<HTMLButtonElement>(null)
  const all = useMemo(() => [...new Set(found.map(({ account }) => account.id))], [found])
  const others = useMemo(() => all.filter((id) => !uses.has(id)), [all, uses])
  const isPart = others.length > 0 && others.length < all.length
  const begin = (accountIds: readonly string[]) => {
    findUses({ accountIds, accounts: accountIds.length })
    onClose()
    onBegun()
  }
  return (
    <ConfirmDialog open onClose={onClose} title="Find unused numbers" firstFocus={first}>
      <ConfirmDescription>
        <p>
          {`Asks Vida once for each of ${plural(all.length, 'account')} in view which calls and texts it had, and once more for an account that had none. You can stop at any time.`}
        </p>
        {isPart && <p>{`The use of ${formatCount(all.length - others.length)} of them was read before.`}</p>}
        <p className="text-ink-2">
          Nothing is changed. Of a call or a text only its time, its kind and Vida’s own number are used, never what was
          said or who called.
        </p>
      </ConfirmDescription>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        {isPart && <Button onClick={() => begin(others)}>{`Ask for the other ${formatCount(others.length)}`}</Button>}
        <Button ref={first} variant="primary" onClick={() => begin(all)}>
          {`Ask for ${plural(all.length, 'account')}`}
        </Button>
      </DialogActions>
    </ConfirmDialog>
  )
}
