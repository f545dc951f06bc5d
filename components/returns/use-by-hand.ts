'use client'

import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isLastFour, notTheLastFour } from '@/components/inventory/last-four'
import type { InventoryModel } from '@/components/inventory/use-inventory'
import { ApiProblem } from '@/lib/client/fetch/api'
import { numberReturnsQuery, type ParsedNumber, postParse } from '@/lib/client/queries/returns'
import { type Listed, listedIn, meaningsOfTyped } from '@/lib/domain/inventory/listed'
import type { Inventory } from '@/lib/domain/inventory/rows'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { type ReturnTarget, rowsOfNumber, targetOf } from './target'

export interface Checked extends ParsedNumber {
  /** The newest return of it from here that Vida accepted. */
  earlier: ReturnRecord | null
  unread: string | null
}

/** Numbers (E.164) of which one must be chosen. */
interface Several {
  meanings: string[]
}

/** The list goes before the numbering plan. @throws ApiProblem `invalid_number` */
async function readNumber(text: string, listed: Listed): Promise<ParsedNumber | Several> {
  const parsed = await postParse(text).catch((error: unknown) => {
    if (error instanceof ApiProblem && error.code === 'invalid_number') return error
    throw error
  })
  const read = parsed instanceof ApiProblem ? null : parsed
  const meanings = meaningsOfTyped(text, read?.number ?? null, listed)
  const [number, ...others] = meanings
  if (others.length > 0) return { meanings }
  if (read && read.number === number) return read
  const row = number === undefined ? undefined : listed.rows.get(number)
  if (row) return { number: row.number, national: row.national, country: row.country }
  throw parsed
}

async function readEarlier(client: QueryClient, number: string): Promise<Pick<Checked, 'earlier' | 'unread'>> {
  try {
    const { returns } = await client.fetchQuery(numberReturnsQuery(number))
    // The search also finds names and longer numbers with the same digits.
    const earlier = returns.find((record) => record.number === number && record.outcome === 'returned')
    return { earlier: earlier ?? null, unread: null }
  } catch (error) {
    return { earlier: null, unread: error instanceof Error ? error.message : 'The app gave no answer.' }
  }
}

function problemOf({ accounts }: Inventory, number: string): string | null {
  const names = accounts
    .filter(({ rows }) => rows.some((row) => row.number === number))
    .map(({ account }) => account.name)
  if (names.length < 2) return null
  return `Vida lists ${number} in two accounts: ${names.join(' and ')}. It can’t be returned until it is in one.`
}

/** The steps of a number typed by hand: read, shown with what speaks against it, then handed on to the confirmation. */
export function useByHand({ inventory }: Pick<InventoryModel, 'inventory'>, onChosen: (target: ReturnTarget) => void) {
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [digits, setDigits] = useState('')
  const [wrong, setWrong] = useState(false)
  const check = useMutation({
    mutationFn: async (typed: string): Promise<Checked | Several> => {
      const read = await readNumber(typed, listedIn(inventory))
      return 'meanings' in read ? read : { ...read, ...(await readEarlier(client, read.number)) }
    },
  })
  const checked = check.data && 'number' in check.data ? check.data : null
  const meanings = check.data && 'meanings' in check.data ? check.data.meanings : []
  const listed = checked !== null && rowsOfNumber(inventory, checked.number).length > 0
  const asksDigits = checked !== null && !listed
  const problem = checked && problemOf(inventory, checked.number)
  const typeNumber = (value: string) => {
    setText(value)
    setDigits('')
    setWrong(false)
    check.reset()
  }
  const choose = ({ number, national }: Checked) => {
    const [row, ...others] = rowsOfNumber(inventory, number)
    if (others.length > 0) return
    typeNumber('')
    onChosen(row ? targetOf(row) : { number, national, row: null })
  }
  const read = (value: string) =>
    // Callbacks of this call alone: an answer after Cancel opens nothing.
    check.mutate(value, {
      onSuccess: (answer) => {
        if ('meanings' in answer || answer.earlier || answer.unread) return
        if (rowsOfNumber(inventory, answer.number).length > 0) choose(answer)
      },
    })
  return {
    text,
    typeNumber,
    meanings,
    chooseMeaning: (number: string) => {
      typeNumber(number)
      read(number)
    },
    digits,
    typeDigits: (value: string) => {
      setDigits(value)
      setWrong(false)
    },
    checking: check.isPending,
    checked,
    asksDigits,
    error: check.error?.message ?? problem,
    digitsError: checked && wrong ? notTheLastFour(checked.number) : null,
    blocked: !text.trim() || meanings.length > 0 || problem !== null || (asksDigits && !digits.trim()),
    submit: () => {
      if (!text.trim() || check.isPending || meanings.length > 0) return
      if (!checked) read(text)
      else if (asksDigits && !isLastFour(digits, checked.number)) setWrong(digits.trim() !== '')
      else choose(checked)
    },
  }
}
