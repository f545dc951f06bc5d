import type { HeldNumber } from './data.ts'

export const unknownShapes = ['success-only', 'null', 'other-key', 'string', 'number'] as const
/** Under a name that nobody expects, and one level down. */
const otherNames = ['data', 'data-items'] as const
export const listShapes = ['named-with-total', 'named', 'accounts', 'bare', ...otherNames, ...unknownShapes] as const
export const numbersShapes = [
  'strings',
  'number-objects',
  'phone-number-objects',
  'bare-strings',
  'bare-number-objects',
  'bare-phone-number-objects',
  ...otherNames,
  ...unknownShapes,
] as const
const accountShapes = ['flat', 'details', 'account', 'documented', ...unknownShapes] as const

type UnknownShape = (typeof unknownShapes)[number]
export type ListShape = (typeof listShapes)[number]
export type NumbersShape = (typeof numbersShapes)[number]
export type MessagesShape = 'documented' | 'data' | 'not-offered' | UnknownShape
export type LogsShape = 'documented' | 'not-offered' | 'unavailable' | UnknownShape
export type AccountShape = (typeof accountShapes)[number]

type Json = Record<string, unknown>

export interface Page {
  items: Json[]
  total: number | null
  pageSize: number
  pageNumber: number
}

export function listBody(shape: ListShape, noun: string, { items, total, pageSize, pageNumber }: Page): unknown {
  const totalOf = (word: string) => (total === null ? {} : { [`total${capital(word)}`]: total })
  const paging = { pageSize, pageNumber }
  switch (shape) {
    case 'named-with-total':
      return { success: true, [noun]: items, ...totalOf(noun), ...paging }
    case 'named':
      return { success: true, [noun]: items, ...paging }
    case 'accounts':
      return { success: true, ...totalOf('accounts'), ...paging, accounts: items }
    case 'bare':
      return items
    case 'data':
      return { success: true, total, ...paging, data: items }
    case 'data-items':
      return { success: true, data: { items, total, ...paging } }
    default:
      return unknownBody(shape, noun)
  }
}

export function numbersBody(shape: NumbersShape, numbers: readonly HeldNumber[]): unknown {
  const strings = () => numbers.map(({ number }) => number)
  const few = () => numbers.map(({ number, label }) => ({ number, label }))
  const full = () =>
    numbers.map(({ number, smsEnabled, ...rest }) => ({
      phoneNumber: number,
      ...rest,
      smsEnabled,
      capabilities: smsEnabled ? ['voice', 'sms'] : ['voice'],
    }))
  const none = numbers.length === 0 && { total: 0 }
  switch (shape) {
    case 'strings':
      return { success: true, phoneNumbers: strings() }
    case 'number-objects':
      return { success: true, phoneNumbers: few() }
    case 'phone-number-objects':
      return { success: true, phoneNumbers: full() }
    case 'bare-strings':
      return strings()
    case 'bare-number-objects':
      return few()
    case 'bare-phone-number-objects':
      return full()
    case 'data':
      return { success: true, data: strings(), ...none }
    case 'data-items':
      return { success: true, data: { items: few(), ...none } }
    default:
      return unknownBody(shape, 'phoneNumbers')
  }
}

/**
 * One account as the body of “who am I”; `details` leaves only the documented fields at the top, `documented` has only
 * those.
 */
export function accountBody(shape: AccountShape, account: Json): unknown {
  const { id, username, ...rest } = account
  switch (shape) {
    case 'flat':
      return { success: true, ...account, details: {} }
    case 'details':
      return { id, username, details: rest }
    case 'account':
      return { success: true, account }
    case 'documented':
      return { id, username, details: {} }
    default:
      return unknownBody(shape, 'details')
  }
}

export function unknownBody(shape: UnknownShape, key: string): unknown {
  switch (shape) {
    case 'success-only':
      return { success: true }
    case 'null':
      return { success: true, [key]: null }
    case 'other-key':
      return { success: true, items: {} }
    case 'string':
      return 'ok'
    case 'number':
      return 42
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
