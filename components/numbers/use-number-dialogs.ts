'use client'

import { useCallback, useEffect, useState } from 'react'
import type { ReturnTarget } from '@/components/returns/target'
import { useFirstInput } from '@/components/ui/first-input'
import { useOnDemand } from '@/components/ui/on-demand'
import { useToast } from '@/components/ui/toast'

const load = () => import('./number-dialogs')

type Flow = { step: 'closed' } | { step: 'byHand' } | { step: 'confirm' | 'which'; target: ReturnTarget }

const CLOSED: Flow = { step: 'closed' }

/** Which confirmation is open. The dialogs' code is fetched at the first input, or at once if `needed`. */
export function useReturnFlow({ needed }: { needed: boolean }) {
  const toast = useToast()
  const [flow, setFlow] = useState(CLOSED)
  const { Loaded: Dialogs, fetchCode, fetchEarly } = useOnDemand(load)
  const open = useCallback(
    (next: Flow) => {
      toast('')
      // What is about to be confirmed is never replaced.
      setFlow((before) => (before.step === 'confirm' ? before : next))
      fetchCode().catch(() => {
        setFlow(CLOSED)
        toast('The confirmation could not be loaded. Nothing was sent. Reload the page and try again.', 'failure')
      })
    },
    [toast, fetchCode],
  )

  useFirstInput(fetchEarly)
  useEffect(() => {
    if (needed) fetchEarly()
  }, [fetchEarly, needed])

  return {
    Dialogs,
    isOpen: flow.step !== 'closed',
    target: flow.step === 'confirm' ? flow.target : null,
    byHand: flow.step === 'byHand',
    /** The row that had the focus while others were selected. */
    which: flow.step === 'which' ? flow.target : null,
    confirm: useCallback((target: ReturnTarget) => open({ step: 'confirm', target }), [open]),
    askWhich: useCallback((target: ReturnTarget) => open({ step: 'which', target }), [open]),
    askByHand: useCallback(() => open({ step: 'byHand' }), [open]),
    close: useCallback(() => setFlow(CLOSED), []),
  }
}
