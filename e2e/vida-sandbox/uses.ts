import type { AccountNode, SandboxData } from './data.ts'

/** A call or text on a number of an account. `at`: Unix seconds. */
export interface Use {
  number: string
  kind: 'call' | 'text'
  direction: 'inbound' | 'outbound'
  at: number
}

/** What a test gives an account: `times` (1) uses, the last of them `hoursAgo` and each other an hour earlier. */
export interface AddedUse extends Partial<Pick<Use, 'kind' | 'direction'>> {
  number: string
  hoursAgo: number
  times?: number
}

const HOUR = 3_600

export function usesOf({ number, hoursAgo, times = 1, kind = 'call', direction = 'inbound' }: AddedUse): Use[] {
  const now = Math.floor(Date.now() / 1000)
  return Array.from({ length: times }, (_, index) => ({ number, kind, direction, at: now - (hoursAgo + index) * HOUR }))
}

const days = (...all: number[]) => all.map((day) => day * 24)

/** Hours since each use of the account's first, second and third number. Further ones are never named. */
const PROFILES = {
  none: [],
  /** Fourteen uses in 30 days, the last an hour ago. */
  busy: [Array.from({ length: 96 }, (_, index) => 1 + index * 52), days(9, 40), days(130)],
  /** The last one twelve days ago. */
  monthly: [days(12, 33, 71, 120)],
  /** Not for more than 100 days, and known for 230. */
  quiet: [days(104, 150, 230)],
}

function profileOf({ id, active, canceledAt }: AccountNode): keyof typeof PROFILES {
  if (!active || canceledAt !== null) return 'quiet'
  return (['none', 'busy', 'monthly', 'quiet'] as const)[Number(id) % 4] ?? 'none'
}

/** The same for each start, as seen from the moment that it is asked for. */
export function believableUses(data: SandboxData, node: AccountNode): Use[] {
  const numbers = data.numbersOf(node.id)
  return PROFILES[profileOf(node)].flatMap((hours, line) => {
    const number = numbers[line]?.number
    if (number === undefined) return []
    return hours.flatMap((hoursAgo, index) =>
      usesOf({
        ...{ number, hoursAgo },
        kind: index % 6 === 5 ? 'text' : 'call',
        direction: index % 3 === 2 ? 'outbound' : 'inbound',
      }),
    )
  })
}
