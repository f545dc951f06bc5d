import { type NumberUse, usedWithin } from './use'

const DAY = 24 * 60 * 60 * 1000

/** Used in so many days, a number is returned only with its last four digits. */
const RECENT_DAYS = 7
/** Used in so many days, it is said in amber. */
const IN_USE_DAYS = 30

/** “2 hours ago”; `now` in ms. */
type Age = (iso: string, now: number) => string

const KINDS = { call: 'Last call', text: 'Last text' }

function count(value: number | null, one: string): string | null {
  if (!value) return null
  return `${value.toLocaleString()} ${value === 1 ? one : `${one}s`}`
}

function countsWording({ calls30, texts30 }: Pick<NumberUse, 'calls30' | 'texts30'>): string | null {
  const counts = [count(calls30, 'call'), count(texts30, 'text')].filter(Boolean)
  return counts.length > 0 ? `${counts.join(' and ')} in 30 days` : null
}

/** For how many whole days up to the reading entries show no use; 0: they do not reach so far. */
function quietDays({ lastUsedAt, coveredSince, readAt }: NumberUse): number {
  if (coveredSince === null) return 0
  const since = Math.max(Date.parse(coveredSince), lastUsedAt === null ? 0 : Date.parse(lastUsedAt))
  return Math.max(0, Math.floor((Date.parse(readAt) - since) / DAY))
}

const UNSAID = 'Vida does not say'

/** “Last call 2 hours ago · 14 calls and 3 texts in 30 days”, “No call or text in 90 days”, or `UNSAID`. */
export function usageSentence(use: NumberUse, now: number, age: Age): string {
  const { basis, lastUsedAt, lastKind } = use
  if (basis === 'none') return UNSAID
  const quiet = quietDays(use)
  if (lastUsedAt !== null && (quiet === 0 || usedWithin(use, IN_USE_DAYS, now) !== 'unused')) {
    const last = `${lastKind ? KINDS[lastKind] : 'Last used'} ${age(lastUsedAt, now)}`
    return [last, countsWording(use)].filter(Boolean).join(' · ')
  }
  if (quiet === 0) return UNSAID
  return `No call or text in ${quiet === 1 ? 'a day' : `${quiet.toLocaleString()} days`}`
}

/** Of which it speaks, or what follows where nothing is said. */
export function basisSentence(use: NumberUse): string {
  if (use.basis === 'none' || (use.lastUsedAt === null && quietDays(use) === 0)) return 'It may be in use.'
  return use.basis === 'number' ? 'Of this number.' : 'Of the agent as a whole, not of this number alone.'
}

export function isInUse(use: NumberUse, now: number): boolean {
  return usedWithin(use, IN_USE_DAYS, now) === 'used'
}

/** Whether the number itself, and not only its agent, was used in the last 7 days. */
export function wasJustUsed(use: NumberUse, now: number): boolean {
  return use.basis === 'number' && usedWithin(use, RECENT_DAYS, now) === 'used'
}

/** “Used 2 hours ago”, “Agent used 2 hours ago”; null unless that is in the last 7 days. */
export function justUsedWording(use: NumberUse, now: number, age: Age): string | null {
  if (use.lastUsedAt === null || usedWithin(use, RECENT_DAYS, now) !== 'used') return null
  return `${use.basis === 'number' ? 'Used' : 'Agent used'} ${age(use.lastUsedAt, now)}`
}
