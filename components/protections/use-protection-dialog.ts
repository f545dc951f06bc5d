'use client'

import { useCallback, useState } from 'react'
import { useLazyDialog } from '@/components/ui/use-lazy-dialog'
import type { Protection, ProtectionTarget } from '@/lib/domain/protections/protection'

export type Protectable = ProtectionTarget & Pick<Protection, 'name'>

/** `set`: one of these is to be protected. */
export type AskedProtection =
  | { step: 'set'; choices: readonly [Protectable, ...Protectable[]] }
  | { step: 'lift'; protection: Protection }

const load = () => import('./protection-dialog')
const FAILED = 'The dialog could not be loaded. Nothing was changed. Reload the page and try again.'

/** Its code is fetched when it is first opened. */
export function useProtectionDialog() {
  const { show, close, Dialog } = useLazyDialog(load, FAILED)
  const [asked, setAsked] = useState<AskedProtection | null>(null)
  const ask = useCallback(
    (next: AskedProtection) => {
      setAsked(next)
      show()
    },
    [show],
  )
  return { ask, close, asked, Dialog }
}

export type ProtectionFlow = ReturnType<typeof useProtectionDialog>
