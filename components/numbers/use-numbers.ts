'use client'

import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useActivity } from '@/components/activity/activity-context'
import { loadBatchDialogs, useBatchDialogs } from '@/components/batches/use-batch-dialogs'
import { useChosen } from '@/components/inventory/use-chosen'
import { useInventory } from '@/components/inventory/use-inventory'
import { useMarks } from '@/components/inventory/use-marks'
import { useUses } from '@/components/inventory/use-uses'
import { askedFor } from '@/components/protections/protectable'
import { useProtectionDialog } from '@/components/protections/use-protection-dialog'
import { targetOf } from '@/components/returns/target'
import { useReturns } from '@/components/returns/use-returns'
import { useSelection } from '@/components/selection/use-selection'
import { isDesk } from '@/components/ui/hooks'
import { useHydrated } from '@/components/ui/hydration'
import { useToast } from '@/components/ui/toast'
import type { Snapshot } from '@/lib/domain/inventory/events'
import { CLOSED } from '@/lib/domain/inventory/view-params'
import type { RowActions } from './numbers-context'
import { useFindUnused } from './use-find-unused'
import { useReturnFlow } from './use-number-dialogs'

export function useNumbersModel({ start, holdSeconds }: { start: Snapshot | null; holdSeconds: number }) {
  const { started, begin } = useActivity()
  const batch = useBatchDialogs(loadBatchDialogs, begin)
  const model = useInventory(start)
  const marks = useMarks(model, started)
  const returns = useReturns(holdSeconds)
  const { undo, dismiss } = returns
  const selection = useSelection(model.inventory, marks.canBeChosen)
  const { keys, setAlone, toggle } = selection
  const endAlone = useCallback(() => setAlone(false), [setAlone])
  // The list's own requests go first.
  const uses = useUses(useHydrated() && model.begun)
  const chosen = useChosen(model.inventory, uses, selection.alone ? { keys, end: endAlone } : null)
  const { setParams } = chosen
  const findUnused = useFindUnused()
  const flow = useReturnFlow({ needed: chosen.params.number !== null })
  const { confirm } = flow
  const protection = useProtectionDialog()
  const { ask } = protection
  const toast = useToast()
  const isOpen = useRef(false)
  useEffect(() => {
    isOpen.current = chosen.params.number !== null
  })
  const actions = useMemo((): RowActions => {
    // A drawer that is open, or still loading, would lie on top of a dialog.
    const closeDrawer = () => {
      if (!isDesk()) void setParams(...CLOSED)
    }
    return {
      open: ({ number }) => {
        toast('')
        // From one page to the next is no step back in the browser.
        void setParams({ number }, { history: isOpen.current ? 'replace' : 'push' })
      },
      askReturn: (row) => {
        closeDrawer()
        confirm(targetOf(row))
      },
      protect: (row) => {
        closeDrawer()
        ask(askedFor(row))
      },
      lift: (lifted) => {
        closeDrawer()
        ask({ step: 'lift', protection: lifted })
      },
      select: toggle,
      undo,
      dismiss,
    }
  }, [toast, setParams, confirm, ask, toggle, undo, dismiss])
  return { protection, holdSeconds, batch, model, marks, returns, selection, chosen, flow, findUnused, actions }
}
