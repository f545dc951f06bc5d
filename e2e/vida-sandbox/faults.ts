import { agrees, type RequestFacts, type RequestMatch } from './match.ts'
import type { Variant } from './request.ts'

/** What is sent. “Normal” is the answer without a fault. */
export type Answer =
  | { kind: 'normal' }
  /** Vida's envelope with `message`, or `body` as JSON, or `text` as it is. */
  | {
      kind: 'status'
      status: number
      message?: string
      body?: unknown
      text?: string
      contentType?: string
      headers?: Record<string, string>
    }
  | { kind: 'redirect'; status: number; location: string }
  | { kind: 'html' }
  | { kind: 'empty' }
  | { kind: 'without-success' }
  | { kind: 'success-false'; message?: string }
  | { kind: 'malformed' }
  /** Half of the normal body; `connection`: with the full length announced, then closed. */
  | { kind: 'truncated'; by: 'connection' | 'body' }
  | { kind: 'hang' }
  | { kind: 'drop'; how?: 'reset' | 'close' }
  /** Normal; the connection is reset under the next request on it. */
  | { kind: 'stale-keep-alive' }
  /** The normal body, `bytes` (1) every `everyMs` (100). */
  | { kind: 'drip'; bytes?: number; everyMs?: number }
  /** A JSON body that never ends, 64 kB every `everyMs` (5). */
  | { kind: 'endless'; everyMs?: number }
  /** The normal body, still JSON, made `megabytes` long with spaces. */
  | { kind: 'huge'; megabytes: number }

export interface Effect {
  /** When Vida makes the change. Default: `now` for answers that begin with the normal one, else `never`. */
  work?: 'now' | 'never' | { afterMs: number }
  delayBeforeWorkMs?: number
  delayAfterWorkMs?: number
  /** Until `control.release`, or until the faults are cleared. */
  waitBeforeWork?: true
  waitAfterWork?: true
  answer?: Answer
  /** Another shape, or pages that repeat (always page 0), never end, or have another order each and state no total. */
  variant?: Variant
}

export interface FaultRule {
  match?: RequestMatch
  skip?: number
  /** Apply that often; default: always. */
  times?: number
  effect: Effect
}

const NORMAL_FIRST: Answer['kind'][] = ['normal', 'truncated', 'stale-keep-alive', 'drip', 'huge']

export function workOf(effect: Effect): NonNullable<Effect['work']> {
  return effect.work ?? (NORMAL_FIRST.includes(effect.answer?.kind ?? 'normal') ? 'now' : 'never')
}

interface ActiveRule {
  id: number
  rule: FaultRule
  skip: number
  left: number
  released: PromiseWithResolvers<void>
}

interface Hit {
  id: number
  effect: Effect
  released: Promise<void>
}

/** The first rule that matches and is not used up decides. */
export class Faults {
  private rules: ActiveRule[] = []
  private made = 0

  add(rule: FaultRule): number {
    this.made += 1
    const { skip = 0, times: left = Number.POSITIVE_INFINITY } = rule
    this.rules.push({ id: this.made, rule, skip, left, released: Promise.withResolvers() })
    return this.made
  }

  /** What waits because of this rule goes on, and what comes later does not wait. */
  release(id: number): void {
    const active = this.rules.find((each) => each.id === id)
    if (!active) throw new Error(`no fault ${id}`)
    active.released.resolve()
  }

  clear(): void {
    for (const { released } of this.rules) released.resolve()
    this.rules = []
  }

  take(facts: RequestFacts): Hit | null {
    for (const active of this.rules) {
      if (!agrees(active.rule.match ?? {}, facts)) continue
      if (active.skip > 0) {
        active.skip -= 1
        continue
      }
      if (active.left <= 0) continue
      active.left -= 1
      return { id: active.id, effect: active.rule.effect, released: active.released.promise }
    }
    return null
  }
}
