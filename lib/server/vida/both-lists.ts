import 'server-only'
import type { VidaAccount } from './account'
import { VidaFailure } from './failure'

type AccountPages = AsyncGenerator<VidaAccount[], void, undefined>

/**
 * What the list with `active=false` brought beside the plain one: `needed`, an account or a state; `needless`, inactive
 * accounts that the plain one states as such; `nothing`, neither.
 */
export type Comparison = 'needed' | 'needless' | 'nothing'

/** `open`: accounts whose state the other read decides. `stated`: what it said of each account. */
class Side {
  readonly active: boolean
  readonly stated = new Map<string, boolean | null>()
  readonly open = new Map<string, VidaAccount>()
  readonly #pages: AccountPages
  pending: Promise<{ side: Side; step: IteratorResult<VidaAccount[], void> | { error: unknown } }> | null = null
  failed = false

  constructor(pages: AccountPages, active: boolean) {
    this.#pages = pages
    this.active = active
    this.advance()
  }

  get ended(): boolean {
    return this.pending === null
  }

  advance(): void {
    this.pending = this.#pages.next().then(
      (step) => ({ side: this, step }),
      (error: unknown) => ({ side: this, step: { error } }),
    )
  }

  /** Not awaited: that would wait for a page under way. */
  close(): void {
    this.#pages.return().catch(() => {})
  }
}

function compare(listed: Side, inactive: Side): Comparison {
  const states = [...inactive.stated.keys()].map((id) => listed.stated.get(id))
  const isUnstated = [...listed.stated.values()].includes(null)
  if (isUnstated || states.includes(undefined)) return 'needed'
  return states.includes(false) ? 'needless' : 'nothing'
}

function worse(one: unknown, other: unknown): unknown {
  return one instanceof VidaFailure && one.code === 'unauthorized' ? one : (other ?? one)
}

/**
 * Merges both reads, as Vida does not document what leaving `active` out means. An account's own flag decides, else the
 * list that alone has it; null if both have it or one failed. A failure is thrown after the other's pages.
 * @param compared called if both lists ended without one
 */
export async function* bothLists(
  listed: AccountPages,
  inactive: AccountPages,
  compared: (comparison: Comparison) => void = () => {},
): AccountPages {
  const current = new Side(listed, true)
  const former = new Side(inactive, false)
  const yielded = new Set<string>()
  let failure: unknown

  const take = (side: Side, other: Side, page: readonly VidaAccount[]): VidaAccount[] => {
    const settled: VidaAccount[] = []
    for (const account of page) {
      side.stated.set(account.id, account.active)
      if (yielded.has(account.id)) continue
      const twin = other.open.get(account.id)
      if (account.active === null && !twin && !other.ended) {
        side.open.set(account.id, account)
        continue
      }
      other.open.delete(account.id)
      yielded.add(account.id)
      settled.push(account.active !== null || twin || other.failed ? account : { ...account, active: side.active })
    }
    return settled
  }
  /** The side has ended: what only the other one has is known, unless this one failed. */
  const settle = (side: Side, other: Side): VidaAccount[] => {
    const settled = [...other.open.values()].map((account) =>
      side.failed ? account : { ...account, active: other.active },
    )
    for (const { id } of settled) yielded.add(id)
    other.open.clear()
    return settled
  }

  try {
    for (;;) {
      const pending = [current.pending, former.pending].filter((each) => each !== null)
      if (pending.length === 0) break
      const { side, step } = await Promise.race(pending)
      const other = side === current ? former : current
      if ('error' in step) {
        side.pending = null
        side.failed = true
        failure = worse(step.error, failure)
      } else if (step.done) side.pending = null
      else side.advance()
      const page = 'error' in step || step.done ? settle(side, other) : take(side, other, step.value)
      if (page.length > 0) yield page
    }
  } finally {
    current.close()
    former.close()
  }
  if (failure !== undefined) throw failure
  compared(compare(current, former))
}
