import 'server-only'
import type { Account, AssignedNumber } from '@/lib/domain/accounts/account'
import type { NumbersEvent } from '@/lib/domain/inventory/events'
import { listTexts, turn } from '@/lib/server/process/slices'

/** A `numbers` event as NDJSON, in pieces that each take a few ms to write and to parse; `LINE_END` follows the last. */
export type NumbersLine = readonly [Buffer, ...Buffer[]]

export type ReadNumbers = Pick<NumbersEvent, 'account' | 'numbers' | 'readAt'>

export const LINE_END = Buffer.from(']}\n')

const encoder = new TextEncoder()

/** Not from Buffer's shared pool: a slice of it would retain its neighbours' memory for the whole scan. */
export function encoded(text: string): Buffer {
  const { buffer, byteOffset, byteLength } = encoder.encode(text)
  return Buffer.from(buffer, byteOffset, byteLength)
}

export async function writeLine({ numbers, ...event }: NumbersEvent): Promise<NumbersLine> {
  const head = JSON.stringify({ ...event, numbers: [] }).slice(0, -']}'.length)
  const [first = '', ...rest] = await listTexts(numbers)
  const line: [Buffer, ...Buffer[]] = [encoded(head + first)]
  for (const text of rest) {
    await turn()
    line.push(encoded(`,${text}`))
  }
  return line
}

const parseFirst = (piece: Buffer) => JSON.parse(`${piece.toString()}]}`) as NumbersEvent
const parseNext = (piece: Buffer) => JSON.parse(`[${piece.toString('utf8', ','.length)}]`) as AssignedNumber[]

export async function parseLine([first, ...rest]: NumbersLine): Promise<ReadNumbers> {
  const { account, numbers, readAt } = parseFirst(first)
  for (const piece of rest) {
    await turn()
    numbers.push(...parseNext(piece))
  }
  return { account, numbers, readAt }
}

export function accountIn([first]: NumbersLine): Account {
  return parseFirst(first).account
}

export function holds([first, ...rest]: NumbersLine, number: string): boolean {
  const text = `"${number}"`
  const isHeld = (numbers: readonly AssignedNumber[]) => numbers.some((held) => held.number === number)
  return (
    (first.includes(text) && isHeld(parseFirst(first).numbers)) ||
    rest.some((piece) => piece.includes(text) && isHeld(parseNext(piece)))
  )
}
