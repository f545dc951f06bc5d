'use client'

import { useState } from 'react'
import { KeysDialog } from './keys-dialog'

export function useKeysDialog() {
  const [open, setOpen] = useState(false)
  return { show: () => setOpen(true), dialog: open && <KeysDialog onClose={() => setOpen(false)} /> }
}
