'use client'

import { useState } from 'react'
import { useOnDemand } from '@/components/ui/on-demand'
import { useToast } from '@/components/ui/toast'

const load = () => import('./keys-dialog')

export function useKeysDialog() {
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const { Loaded: KeysDialog, fetchCode } = useOnDemand(load)
  const show = () => {
    setOpen(true)
    fetchCode().catch(() => {
      setOpen(false)
      toast('The list of keys could not be loaded. Reload the page.', 'failure')
    })
  }
  return { show, dialog: open && KeysDialog && <KeysDialog onClose={() => setOpen(false)} /> }
}
