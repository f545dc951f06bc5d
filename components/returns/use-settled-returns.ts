'use client'

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { useToast } from '@/components/ui/toast'
import { plural } from '@/lib/client/format/format'
import { numbersQuery, readParts } from '@/lib/client/queries/inventory'
import { type OwnReturn, updateOwnReturns } from '@/lib/client/queries/own-returns'
import { returnsKey } from '@/lib/client/queries/returns'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import { failureWording, outcomeWording, type ReturnResult, returnedWording } from './outcome-wording'
import { isToldOnce, isUndone } from './shown-returns'

function wordingOf(records: readonly ReturnRecord[]) {
  const [record] = records
  if (records.length !== 1 || !record) {
    const returned = records.every(({ outcome }) => outcome === 'returned')
    const text = `${plural(records.length, 'return')} ${returned ? 'went through' : 'are settled'}.`
    return {
      text,
      tone: returned ? ('result' as const) : ('caution' as const),
      more: { href: '/history', words: 'History' },
    }
  }
  const { number, outcome, receiptId } = record
  const more = { href: `/history?receipt=${encodeURIComponent(receiptId)}`, words: 'Receipt' }
  if (outcome === 'returned') return { ...returnedWording(record), more }
  if (isUndone(record))
    return { text: `The return of ${number} was undone. Nothing was sent.`, tone: 'result' as const, more }
  return { text: `${number}: ${OUTCOME_WORDING[outcome].toLowerCase()}.`, tone: 'caution' as const, more }
}

/** The list follows an outcome: the marks tell what is proved gone, the rest is read again. */
function takeOutcome(client: QueryClient, { outcome, verified, accountId, accountName }: ReturnRecord): void {
  // Only a complete scan shows where a moved number is.
  if (outcome === 'already_gone') void client.refetchQueries({ queryKey: numbersQuery.queryKey, exact: true })
  else if (verified === null && accountId !== null && (outcome === 'returned' || outcome === 'refused')) {
    const part = { kind: 'account', id: accountId, name: accountName ?? accountId } as const
    void readParts(client, [part], new AbortController().signal).catch(() => undefined)
  }
}

/** Its row and Activity keep saying it until a person dismisses it. */
function unwantedWording(results: readonly [number: string, result: ReturnResult][]): string {
  const [first] = results
  if (results.length !== 1 || !first) return `${plural(results.length, 'return')} need you. Activity lists them.`
  const [number, { title, quote, text }] = first
  return `${number}: ${title}. ${quote ? `Vida said: “${quote}”` : text}`
}

/** Takes each outcome into the list once, and tells it once. */
export function useSettledReturns(own: readonly OwnReturn[], settled: readonly ReturnRecord[]): void {
  const client = useQueryClient()
  const toast = useToast()
  const { id } = useAccount()
  useEffect(() => {
    const fresh = new Set(own.flatMap((each) => (each.step === 'answered' && each.fresh ? each.receiptId : [])))
    const told = settled.filter(isToldOnce)
    const news = settled.filter((record) => fresh.has(record.receiptId) || isToldOnce(record))
    if (news.length === 0) return
    for (const record of news) if (fresh.has(record.receiptId)) takeOutcome(client, record)
    const toldIds = new Set(told.map(({ receiptId }) => receiptId))
    const newIds = new Set(news.map(({ receiptId }) => receiptId))
    updateOwnReturns(client, id, (before) =>
      before.flatMap((each) => {
        if (each.step !== 'answered' || !newIds.has(each.receiptId)) return each
        return toldIds.has(each.receiptId) ? [] : { ...each, fresh: false }
      }),
    )
    void client.invalidateQueries({ queryKey: returnsKey })
    const unwanted = news.filter((record) => !toldIds.has(record.receiptId))
    const wanted = told.length > 0 ? wordingOf(told) : null
    if (unwanted.length > 0) {
      const text = unwantedWording(unwanted.map((record) => [record.number, outcomeWording(record)]))
      toast([wanted?.text, text].filter(Boolean).join(' '), 'failure')
    } else if (wanted) toast(wanted.text, wanted.tone, wanted.more)
  }, [client, toast, id, own, settled])
  const failed = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const now = own.filter((each) => each.step === 'failed')
    const fresh = now.filter(({ requestId }) => !failed.current.has(requestId))
    failed.current = new Set(now.map(({ requestId }) => requestId))
    if (fresh.length > 0)
      toast(unwantedWording(fresh.map(({ number, error }) => [number, failureWording(error, number)])), 'failure')
  }, [toast, own])
}
