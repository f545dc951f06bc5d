'use client'

import { type OpenerName, provided, runAction } from '@/components/ui/actions'
import { useFollow } from '@/lib/client/navigation/address'
import type { Goal } from './entries'

const query = (params: Record<string, string>) => new URLSearchParams(params).toString()

/** Where a page opens what the present one does not. */
const PAGES: Record<OpenerName, (what: string) => string> = {
  openNumber: (number) => `/numbers?${query({ number })}`,
  findNumbers: (q) => `/numbers?${query({ q })}`,
  openReceipt: (receipt) => `/history?${query({ receipt })}`,
  openBatch: (batch) => `/history?${query({ batch })}`,
  findReturns: (q) => `/history?${query({ q })}`,
}

/** Does what an entry is for. */
export function useGoal(): (goal: Goal) => void {
  const goTo = useFollow()
  return (goal) => {
    if ('action' in goal) runAction(goal.action)
    else if ('href' in goal) goTo(goal.href)
    else {
      const open = provided(goal.opener)
      if (open) open(goal.what)
      else goTo(PAGES[goal.opener](goal.what))
    }
  }
}
