import type { OwnReturn } from '@/lib/client/queries/own-returns'
import type { ReturnMarks } from '@/lib/domain/returns/marks'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { failureWording, outcomeWording, type ReturnResult } from './outcome-wording'

export interface WaitingReturn {
  kind: 'waiting'
  /** Of the receipt; of the request until the app has answered. */
  id: string
  number: string
  receiptId: string | null
  /** ms by this computer's clock; null: without a hold. */
  sendsAt: number | null
  canUndo: boolean
  undoing: boolean
}

/** An outcome that stays until a person dismisses it. */
export interface AnsweredReturn {
  kind: 'answered'
  id: string
  number: string
  /** null: returned by hand. */
  accountId: string | null
  result: ReturnResult
}

export type ShownReturn = WaitingReturn | AnsweredReturn

/** From the locks that all tabs and instances share. `ahead`: of the server's clock, ms. */
export function waitingOf({ locked }: Pick<ReturnMarks, 'locked'>, ahead: number): readonly WaitingReturn[] {
  return locked.flatMap(({ number, receiptId, outcome, sendsAt }) =>
    outcome === 'open'
      ? {
          kind: 'waiting',
          id: receiptId,
          number,
          receiptId,
          sendsAt: sendsAt === null ? null : Date.parse(sendsAt) - ahead,
          canUndo: sendsAt !== null,
          undoing: false,
        }
      : [],
  )
}

export function isUndone({ outcome, events }: ReturnRecord): boolean {
  return outcome === 'not_sent' && events.at(-1)?.how === 'undone'
}

/** Told once by a message. Any other outcome needs a person. */
export function isToldOnce(record: ReturnRecord): boolean {
  return record.outcome === 'returned' || record.outcome === 'not_returned' || isUndone(record)
}

const NO_UNDO = { kind: 'waiting', receiptId: null, sendsAt: null, canUndo: false, undoing: false } as const

interface Sources {
  waiting: readonly WaitingReturn[]
  own: readonly OwnReturn[]
  records: readonly ReturnRecord[]
  isSettled: (record: ReturnRecord) => boolean
  undoing: readonly string[]
}

/** Everything that is under way, and what was confirmed in this tab and needs a person. Newest last. */
export function shownReturns({ waiting, own, records, isSettled, undoing }: Sources): ShownReturn[] {
  const locked = new Set(waiting.map(({ number }) => number))
  const byReceipt = new Map(records.map((record) => [record.receiptId, record]))
  const answered = own.flatMap((each): ShownReturn | [] => {
    if (each.step === 'asked') return locked.has(each.number) ? [] : askedReturn(each)
    if (each.step === 'failed') {
      const { requestId: id, number, account, error } = each
      return { kind: 'answered', id, number, accountId: account?.id ?? null, result: failureWording(error, number) }
    }
    const record = byReceipt.get(each.receiptId)
    if (!record || locked.has(record.number)) return []
    return isSettled(record) ? outcomeOf(record) : { ...NO_UNDO, id: record.receiptId, number: record.number }
  })
  const locks = waiting.map((each) => (undoing.includes(each.id) ? { ...each, undoing: true } : each))
  return [...locks, ...answered]
}

/** What Ctrl+Z undoes: of what was confirmed in this tab and can be undone, what was confirmed last. */
export function newestHeld({ waiting, own, undoing }: Pick<Sources, 'waiting' | 'own' | 'undoing'>) {
  const held = own.flatMap((each): WaitingReturn | [] => {
    if (each.step === 'failed') return []
    if (each.step === 'asked') return askedReturn(each)
    return waiting.find(({ id }) => id === each.receiptId) ?? []
  })
  return held.findLast((each) => each.canUndo && !each.undoing && !undoing.includes(each.id)) ?? null
}

function askedReturn({ requestId: id, number, sendsAt, undoWanted }: OwnReturn & { step: 'asked' }): WaitingReturn {
  return { kind: 'waiting', id, number, receiptId: null, sendsAt, canUndo: sendsAt !== null, undoing: undoWanted }
}

function outcomeOf(record: ReturnRecord): ShownReturn | [] {
  const { receiptId: id, number, accountId } = record
  return isToldOnce(record) ? [] : { kind: 'answered', id, number, accountId, result: outcomeWording(record) }
}
