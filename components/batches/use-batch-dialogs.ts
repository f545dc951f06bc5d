'use client'

import { useState } from 'react'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { useAnnounce } from '../ui/toast'
import type BatchesComponent from './batch-dialogs'

/** What a confirmation begins with besides its rows. */
export interface Begins {
  note: string
  /** Where the rows come from, if not from a press in the list. */
  about: string | null
}

type Step =
  | { step: 'closed' }
  | { step: 'paste' }
  | ({ step: 'confirm'; rows: readonly NumberRow[] } & Begins)
  | { step: 'recap'; jobId: string }

/** Which dialog of batches is open. Their code is fetched with the first one; should that fail, nothing was sent. */
export function useBatchFlow() {
  const announce = useAnnounce()
  const [step, setStep] = useState<Step>({ step: 'closed' })
  const [started, setStarted] = useState<readonly string[]>([])
  const [Batches, setBatches] = useState<typeof BatchesComponent | null>(null)
  const open = (next: Step) => {
    announce('')
    setStep(next)
    import('./batch-dialogs')
      .then((module) => setBatches(() => module.default))
      .catch(() => {
        setStep({ step: 'closed' })
        announce('The dialog could not be loaded. Nothing was sent. Reload the page and try again.', 'failure')
      })
  }
  return {
    ...step,
    Batches,
    paste: () => open({ step: 'paste' }),
    confirm: (rows: readonly NumberRow[], { note, about }: Begins) => open({ step: 'confirm', rows, note, about }),
    recap: (jobId: string) => open({ step: 'recap', jobId }),
    /** Batches that were begun on this page: they are followed even if they end before anybody asks. */
    started,
    begin: (jobId: string) => {
      setStarted([...started, jobId])
      setStep({ step: 'closed' })
    },
    close: () => setStep({ step: 'closed' }),
  }
}

export type BatchFlow = ReturnType<typeof useBatchFlow>
