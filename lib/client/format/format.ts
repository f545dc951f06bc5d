// Numbers and dates follow the browser's locale, which the server does not know; the texts are English.

/** Creates a format when it is first used: all of them at once would delay hydration. */
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

const counts = once(() => new Intl.NumberFormat())
const days = once(() => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }))
const moments = once(() => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }))
const exactly = once(() => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }))
const abroad = once(() => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' }))
const clocks = once(() => new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }))
const times = once(() => new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }))
const ages = once(() => new Intl.RelativeTimeFormat('en'))
const rules = once(() => new Intl.PluralRules('en'))
const countries = once(() => new Intl.DisplayNames('en', { type: 'region' }))
const ownCountries = once(() => new Intl.DisplayNames(undefined, { type: 'region' }))

/** By its address alone: from `new Worker(new URL(…))` the bundler would make four files. */
const worker = new URL('./intl.worker.js', import.meta.url)

/** A worker reads ICU's tables before the page needs them: the first use of Intl blocks its thread for 30 to 90 ms. */
export function prepareFormats(): void {
  try {
    new Worker(worker.href)
  } catch {
    // No workers here.
  }
}

export function formatCount(count: number): string {
  return counts().format(count)
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${counts().format(count)} ${rules().select(count) === 'one' ? one : many}`
}

/** “$32”; an amount below ten with its parts. `currency`: ISO 4217. */
export function formatMoney(amount: number, currency: string): string {
  const digits = amount >= 10 ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {}
  return new Intl.NumberFormat(undefined, { style: 'currency', currency, ...digits }).format(amount)
}

export function formatDay(iso: string): string {
  return days().format(new Date(iso))
}

/** `YYYY-MM-DD` in the person's own time zone. */
export function isoDay(date: Date): string {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => `${part}`.padStart(2, '0')).join('-')
}

export function formatMoment(iso: string): string {
  return moments().format(new Date(iso))
}

/** With seconds. */
export function formatExactly(iso: string): string {
  return exactly().format(new Date(iso))
}

/** With seconds and the time zone, for texts that are sent to somebody else. */
export function formatAbroad(iso: string): string {
  return abroad().format(new Date(iso))
}

/** With seconds; without the date if it is the same day as `day` (ISO 8601). */
export function formatOnDay(iso: string, day: string): string {
  const date = new Date(iso)
  return (date.toDateString() === new Date(day).toDateString() ? clocks() : exactly()).format(date)
}

/** Without the date if it is today. `now` in ms. */
export function formatTime(iso: string, now: number): string {
  const date = new Date(iso)
  return (date.toDateString() === new Date(now).toDateString() ? times() : moments()).format(date)
}

/** Unit, its length in ms, and the smallest count that uses it. */
const UNITS: [Intl.RelativeTimeFormatUnit, number, number?][] = [
  ['year', 31_557_600_000, 3],
  ['month', 2_629_800_000, 2],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** “21 months ago”; `now` in ms. */
export function formatAge(iso: string, now: number): string {
  const age = Date.parse(iso) - now
  for (const [unit, length, least = 1] of UNITS) {
    if (Math.abs(age) >= least * length) return ages().format(Math.trunc(age / length), unit)
  }
  return 'just now'
}

function countryName(code: string, names: Intl.DisplayNames): string {
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}

const shownNames = new Map<string, string>()

/** “United States” for `US`; an unknown code stays as it is. */
export function formatCountry(code: string): string {
  const name = shownNames.get(code) ?? countryName(code, countries())
  shownNames.set(code, name)
  return name
}

/** A country's name as shown, and in the browser's language. */
export function countryNames(code: string): string[] {
  return [...new Set([formatCountry(code), countryName(code, ownCountries())])]
}
