'use client'

import { useMemo, useState } from 'react'
import { useOnDemand } from '@/components/ui/on-demand'
import { useToast } from '@/components/ui/toast'
import type { NumberRow } from '@/lib/domain/inventory/rows'

export const loadBatchDialogs = () => import('./batch-dialogs')

export interface Confirm {
  rows: readonly NumberRow[]
  note: string
  /** Where the rows come from, if not from the list. */
  about: string | null
}

type Step =
  | { step: 'closed' }
  | { step: 'check' }
  | ({ step: 'confirm' } & Confirm)
  | { step: 'recap'; batchId: string }

/** Which dialog of batches is open. Their code is loaded with the first one. @param onBegun stays the same */
export function useBatchDialogs<Component>(
  load: () => Promise<{ default: Component }>,
  onBegun: (batchId: string) => void,
) {
  const toast = useToast()
  const [step, setStep] = useState<Step>({ step: 'closed' })
  const { Loaded: Dialogs, fetchCode } = useOnDemand(load)
  const actions = useMemo(() => {
    const close = () => setStep({ step: 'closed' })
    const open = (next: Step) => {
      toast('')
      setStep(next)
      fetchCode().catch(() => {
        close()
        toast('The dialog could not be loaded. Nothing was sent. Reload the page and try again.', 'failure')
      })
    }
    return {
      checkList: () => open({ step: 'check' }),
      confirm: (rows: readonly NumberRow[], begins: Omit<Confirm, 'rows'>) =>
        open({ step: 'confirm', rows, ...begins }),
      recap: (batchId: string) => open({ step: 'recap', batchId }),
      begin: (batchId: string) => {
        close()
        onBegun(batchId)
      },
      close,
    }
  }, [toast, fetchCode, onBegun])
  return { ...step, ...actions, Dialogs }
}

export type BatchDialogsState = ReturnType<typeof useBatchDialogs>
