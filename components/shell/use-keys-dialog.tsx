'use client'

import { useCallback, useState } from 'react'
import type KeysDialog from './keys-dialog'

/** The list of keys, whose code is fetched when it is first asked for. Without it nothing is shown. */
export function useKeysDialog() {
  const [open, setOpen] = useState(false)
  const [Keys, setKeys] = useState<typeof KeysDialog | null>(null)
  const show = useCallback(() => {
    import('./keys-dialog').then(
      (module) => {
        setKeys(() => module.default)
        setOpen(true)
      },
      () => undefined,
    )
  }, [])
  return { show, dialog: Keys && <Keys open={open} onClose={() => setOpen(false)} /> }
}
