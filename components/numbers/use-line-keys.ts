'use client'

import { useAccount } from '@/components/inventory/account-context'
import { obstacleWording } from '@/components/inventory/wording'
import { targetOf } from '@/components/returns/target'
import { focusPanel } from '@/components/ui/focus'
import { useToast } from '@/components/ui/toast'
import { UNMARKED } from '@/lib/domain/inventory/marks'
import { useNumbers, useShown } from './numbers-context'

/** What keys do on a line of the list besides moving. `onKey` returns whether it used one; `go` focuses another line. */
export function useLineKeys(go: (index: number) => void) {
  const { canReturn } = useAccount()
  const { marks, selection, actions, batch, flow } = useNumbers()
  const view = useShown()
  const toast = useToast()
  const { items } = view
  const onKey = (key: string, index: number, onLine: boolean): boolean => {
    const item = items[index]
    if (!item) return false
    if (key === 'Enter' && onLine) {
      if (item.kind === 'row') {
        actions.open(item)
        focusPanel()
      } else {
        view.toggleGroup(item.group.id)
        // An agent's line goes with its customer's rows; that line stays.
        go(items.findIndex((other) => other.kind === 'group' && other.group.id === item.group.id))
      }
      return true
    }
    if (!canReturn) return false
    if (key === 'Shift+r') {
      if (selection.rows.length === 0) toast('No number is selected.', 'failure')
      else batch.confirm(selection.rows, { note: selection.note, about: null })
      return true
    }
    if (key !== 'x' && key !== 'r') return false
    if (item.kind !== 'row') {
      if (key !== 'x' || !onLine) return false
      const rows = item.kind === 'group' ? item.group.rows : item.rows
      selection.set(rows, !selection.all(rows))
      return true
    }
    const whyNot = obstacleWording(marks.rows.get(item.key) ?? UNMARKED)
    if (whyNot) toast(whyNot, 'failure')
    else if (key === 'x') selection.toggle(item, !selection.keys.has(item.key), false)
    else if (selection.rows.length > 0 && !selection.keys.has(item.key)) flow.askWhich(targetOf(item))
    else actions.askReturn(item)
    return true
  }
  const onMove = (index: number) => {
    const item = items[index]
    if (view.params.number !== null && item?.kind === 'row')
      void view.setParams({ number: item.number }, { history: 'replace' })
  }
  const rowAt = (index: number) => {
    const item = items[index]
    return item?.kind === 'row' ? item.key : null
  }
  const onExtend = (from: number, to: number) => {
    if (canReturn) selection.extend(rowAt(from), rowAt(to))
  }
  const onAll = () => {
    if (canReturn) selection.set(view.rows.filter(marks.canBeChosen), true)
    return canReturn
  }
  return { onKey, onMove, onExtend, onAll }
}
