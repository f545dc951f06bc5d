'use client'

import { useState } from 'react'
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

/** Which dialog of batches is open. Their code is loaded with the first one. */
export function useBatchDialogs<Component>(load: () => Promise<{ default: Component }>) {
  const toast = useToast()
  const [step, setStep] = useState<Step>({ step: 'closed' })
  const [started, setStarted] = useState<readonly string[]>([])
  const { Loaded: Dialogs, fetchCode } = useOnDemand(load)
  const open = (next: Step) => {
    toast('')
    setStep(next)
    fetchCode().catch(() => {
      setStep({ step: 'closed' })
      toast('The dialog could not be loaded. Nothing was sent. Reload the page and try again.', 'failure')
    })
  }
  return {
    ...step,
    Dialogs,
    checkList: () => open({ step: 'check' }),
    confirm: (rows: readonly NumberRow[], begins: Omit<Confirm, 'rows'>) => open({ step: 'confirm', rows, ...begins }),
    recap: (batchId: string) => open({ step: 'recap', batchId }),
    /** Batches that were started on this page: they are shown even if they end at once. */
    started,
    begin: (batchId: string) => {
      setStarted([...started, batchId])
      setStep({ step: 'closed' })
    },
    close: () => setStep({ step: 'closed' }),
  }
}

export type BatchDialogsState = ReturnType<typeof useBatchDialogs>
