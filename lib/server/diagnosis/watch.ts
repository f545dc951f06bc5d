import 'server-only'
import type { EndpointName, EndpointReport } from '@/lib/domain/diagnosis/report'
import { abortError } from '@/lib/server/vida/pace'
import type { Asked, Exchange, Observer } from '@/lib/server/vida/reader'
import { shapeOf } from './shape'

export const MOST_CALLS = 40

const PATHS: Record<EndpointName, string> = {
  caller: '/api/v2/account',
  resellers: '/api/v2/listResellers',
  organizations: '/api/v2/listOrganizations',
  accounts: '/api/v2/listAccounts',
  numbers: '/api/v2/phoneNumbers',
  account: '/api/v2/account',
  messages: '/api/v2/messages/recent',
  logs: '/api/v2/logs',
}

function isOf(name: EndpointName, { path, query }: Asked): boolean {
  const isByTarget = query.targetAccountId !== undefined
  if (name === 'caller' || name === 'account') return path === PATHS.account && isByTarget === (name === 'account')
  return path === PATHS[name]
}

/** Collects what the app's own reading asks and gets, and ends it at `MOST_CALLS`. */
export class Watch implements Observer {
  readonly #onCall: (calls: number) => void
  readonly #asked: Asked[] = []
  readonly #exchanges: Exchange[] = []
  #wasFull = false

  constructor(onCall: (calls: number) => void) {
    this.#onCall = onCall
  }

  get calls(): number {
    return this.#asked.length
  }

  /** Whether a call was not made because of `MOST_CALLS`. */
  get wasFull(): boolean {
    return this.#wasFull
  }

  asks(asked: Asked): void {
    if (this.calls === MOST_CALLS) {
      this.#wasFull = true
      throw abortError()
    }
    this.#asked.push(asked)
    this.#onCall(this.calls)
  }

  came(exchange: Exchange): void {
    this.#exchanges.push(exchange)
  }

  of(name: EndpointName): Exchange[] {
    return this.#exchanges.filter((exchange) => isOf(name, exchange))
  }

  refusedForRate(): Exchange[] {
    return this.#exchanges.filter(({ status }) => status === 429)
  }

  seen(name: EndpointName): Pick<EndpointReport, 'name' | 'path' | 'asked' | 'answers' | 'ms'> {
    const exchanges = this.of(name)
    const byStatus = Map.groupBy(exchanges, ({ status }) => status)
    const times = exchanges.map(({ ms }) => Math.round(ms)).toSorted((one, other) => one - other)
    const [median, longest] = [times[Math.floor(times.length / 2)], times.at(-1)]
    return {
      name,
      path: PATHS[name],
      asked: this.#asked.filter((asked) => isOf(name, asked)).length,
      answers: [...byStatus].map(([status, some]) => ({
        status,
        count: some.length,
        shape: shapeOf(some.map(({ value }) => value)),
      })),
      ms: median === undefined || longest === undefined ? null : { median, longest },
    }
  }
}
