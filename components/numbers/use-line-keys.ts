'use client'

import { useAccount } from '@/components/inventory/account-context'
import { obstacleWording } from '@/components/inventory/wording'
import { useToast } from '@/components/ui/toast'
import { useNumbers } from './numbers-context'

/** What Enter, x and r do on a line of the list. @returns whether the key was used. `go` focuses another line. */
export function useLineKeys(go: (index: number) => void) {
  const { canReturn } = useAccount()
  const { view, marks, selection, actions } = useNumbers()
  const toast = useToast()
  const { items } = view
  return (key: string, index: number, onLine: boolean): boolean => {
    const item = items[index]
    if (!item) return false
    if (key === 'Enter' && onLine) {
      if (item.kind === 'row') actions.open(item.row)
      else {
        view.toggleGroup(item.group.id)
        // An agent's line goes with its customer's rows; that line stays.
        go(items.findIndex((other) => other.kind === 'group' && other.group.id === item.group.id))
      }
      return true
    }
    if (!canReturn || (key !== 'x' && key !== 'r')) return false
    if (item.kind !== 'row') {
      if (key !== 'x' || !onLine) return false
      const rows = item.kind === 'group' ? item.group.rows : item.rows
      selection.set(rows, !selection.all(rows))
      return true
    }
    const { obstacle = null, batchSize = 0 } = marks.rows.get(item.row.key) ?? {}
    if (obstacle) toast(obstacleWording(obstacle, batchSize), 'failure')
    else if (key === 'x') selection.toggle(item.row, !selection.keys.has(item.row.key), false)
    else actions.askReturn(item.row)
    return true
  }
}
