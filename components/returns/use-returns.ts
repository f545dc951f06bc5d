'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { useActions } from '@/components/ui/actions'
import { plural } from '@/lib/client/format/format'
import { isMac } from '@/lib/client/format/keys'
import { updateOwnReturns } from '@/lib/client/queries/own-returns'
import { dismissRefusal } from '@/lib/client/storage/dismissed'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import type { ShownReturn, WaitingReturn } from './shown-returns'
import type { ReturnTarget, Said } from './target'
import { useConfirm } from './use-confirm'
import { useShownReturns } from './use-shown-returns'
import { useUndo } from './use-undo'

function startWording(number: string, holdSeconds: number): string {
  if (holdSeconds === 0) return `Returning ${number}.`
  const keys = isMac() ? '⌘Z' : 'Ctrl+Z'
  return `${number} will be returned in ${plural(holdSeconds, 'second')}. Undo: ${keys}`
}

export function useReturns(holdSeconds: number) {
  const client = useQueryClient()
  const { id: accountId } = useAccount()
  const { own, shown, settled } = useShownReturns()
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
      // Taken back as soon as the app has answered.
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
  const newest = shown.reduce<WaitingReturn | null>((before, each) => {
    if (each.kind !== 'waiting' || !each.canUndo || each.undoing || !ownIds.has(each.id)) return before
    return (each.sendsAt ?? 0) >= (before?.sendsAt ?? 0) ? each : before
  }, null)
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
    },
    announced,
    undo,
    dismiss,
    newest,
  }
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(target.type)
}

/** Ctrl+Z (⌘Z) anywhere on the page but in a text field. null: there is nothing to undo. */
export function useUndoKey(undo: (() => void) | null): void {
  useActions({ undo: undo ?? false })
  useEffect(() => {
    if (!undo) return
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.repeat) return
      if (event.key.toLowerCase() !== 'z' || isTextField(event.target)) return
      event.preventDefault()
      undo()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [undo])
}
