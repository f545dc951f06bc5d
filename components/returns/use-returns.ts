'use client'

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { useActions } from '@/components/ui/actions'
import { formatAge, plural } from '@/lib/client/format/format'
import { isMac } from '@/lib/client/format/keys'
import { ownReturnsQuery, updateOwnReturns } from '@/lib/client/queries/own-returns'
import { numberUseQuery } from '@/lib/client/queries/use'
import { dismissRefusal } from '@/lib/client/storage/dismissed'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { justUsedWording } from '@/lib/domain/use/wording'
import type { ShownReturn, WaitingReturn } from './shown-returns'
import type { ReturnTarget, Said } from './target'
import { useConfirm } from './use-confirm'
import { newestNow, useShownReturns } from './use-shown-returns'
import { useUndo } from './use-undo'

function startWording(number: string, holdSeconds: number): string {
  if (holdSeconds === 0) return `Returning ${number}.`
  const keys = isMac() ? '⌘Z' : 'Ctrl+Z'
  return `${number} will be returned in ${plural(holdSeconds, 'second')}. Undo: ${keys}`
}

/** What the confirmation still asked Vida when it was confirmed; null: it is known, or not of the last 7 days. */
async function laterUse(client: QueryClient, { number, row }: ReturnTarget): Promise<string | null> {
  if (!row) return null
  const query = numberUseQuery(number, row.account.id)
  if (client.getQueryState(query.queryKey)?.fetchStatus !== 'fetching') return null
  const use = await client.fetchQuery(query).catch(() => null)
  return use && justUsedWording(use, Date.now(), formatAge)
}

export function useReturns(holdSeconds: number) {
  const client = useQueryClient()
  const { id: accountId } = useAccount()
  const { own, shown, settled, newest } = useShownReturns()
  const send = useConfirm(holdSeconds)
  const undoReceipt = useUndo()
  /** Announced once: the row's countdown is not. */
  const [announced, setAnnounced] = useState('')
  const byNumber = useMemo(() => new Map(shown.map((each) => [each.number, each])), [shown])
  const ownIds = useMemo(
    () => new Set(own.map((each) => (each.step === 'answered' ? each.receiptId : each.requestId))),
    [own],
  )
  const undo = useCallback(
    ({ receiptId, id, number }: WaitingReturn) => {
      if (receiptId !== null) return undoReceipt({ receiptId, number })
      const returns = client.getQueryData(ownReturnsQuery(accountId).queryKey)
      const answered = returns?.find((each) => each.step === 'answered' && each.requestId === id)
      if (answered?.step === 'answered') return undoReceipt({ receiptId: answered.receiptId, number })
      // Undone as soon as the app has answered.
      updateOwnReturns(client, accountId, (before) =>
        before.map((each) => (each.step === 'asked' && each.requestId === id ? { ...each, undoWanted: true } : each)),
      )
    },
    [client, accountId, undoReceipt],
  )
  const dismiss = useCallback(
    ({ id }: Pick<ShownReturn, 'id'>) => {
      // Its mark goes, too, if Vida refused it.
      dismissRefusal(id)
      updateOwnReturns(client, accountId, (before) =>
        before.filter((each) => (each.step === 'answered' ? each.receiptId : each.requestId) !== id),
      )
    },
    [client, accountId],
  )
  return {
    own,
    settled,
    shown,
    /** Confirmed in this tab. */
    isOwn: ({ id }: ShownReturn) => ownIds.has(id),
    ofRow: ({ number, account }: Pick<NumberRow, 'number' | 'account'>): ShownReturn | null => {
      const found = byNumber.get(number)
      // A number that was moved has its row elsewhere by now.
      if (found?.kind === 'answered' && found.accountId !== null && found.accountId !== account.id) return null
      return found ?? null
    },
    confirm: (target: ReturnTarget, said: Said) => {
      if (byNumber.get(target.number)?.kind === 'waiting') return
      setAnnounced(startWording(target.number, holdSeconds))
      send(target, said)
      void laterUse(client, target).then((use) => use && setAnnounced(`${target.number}: ${use}.`))
    },
    announced,
    undo,
    dismiss,
    newest,
    newestNow: () => newestNow(client, accountId),
  }
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(target.type)
}

/** Ctrl+Z (⌘Z) anywhere on the page but in a text field. `undo` says whether there was something to undo. */
export function useUndoKey(undo: () => boolean, available: boolean): void {
  useActions({ undo: available && undo })
  const latest = useRef(undo)
  // At once: a key can come before an ordinary effect runs.
  useLayoutEffect(() => {
    latest.current = undo
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.repeat) return
      if (event.key.toLowerCase() !== 'z' || isTextField(event.target)) return
      if (latest.current()) event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
