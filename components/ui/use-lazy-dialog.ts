'use client'

import { useCallback, useState } from 'react'
import { useOnDemand } from './on-demand'
import { useToast } from './toast'

/** A dialog whose code is fetched when it is first opened. `failed`: what is said if it can't be had. */
export function useLazyDialog<Component>(load: () => Promise<{ default: Component }>, failed: string) {
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const { Loaded, fetchCode } = useOnDemand(load)
  const close = useCallback(() => setOpen(false), [])
  const show = useCallback(() => {
    setOpen(true)
    fetchCode().catch(() => {
      setOpen(false)
      toast(failed, 'failure')
    })
  }, [fetchCode, failed, toast])
  return { show, close, open, Dialog: open ? Loaded : null }
}
