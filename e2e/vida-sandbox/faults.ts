import { agrees, type RequestFacts, type RequestMatch } from './match.ts'
import type { Variant } from './request.ts'

/** What goes over the wire. “Normal” is what Vida would answer without the fault. */
export type Answer =
  | { kind: 'normal' }
  /** Any status: Vida's envelope with `message`, or `body` as JSON, or `text` as it is (HTML, empty, nonsense). */
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
  /** 200 `{ "message": "Success" }`. */
  | { kind: 'without-success' }
  /** 200 `{ "success": false, "message" }`. */
  | { kind: 'success-false'; message?: string }
  /** A whole body that is not JSON. */
  | { kind: 'malformed' }
  /** The normal body cut in the middle; `connection`: fewer bytes than announced, then closed. */
  | { kind: 'truncated'; by: 'connection' | 'body' }
  /** Nothing is sent until the client goes. */
  | { kind: 'hang' }
  | { kind: 'drop'; how?: 'reset' | 'close' }
  /** Normal and kept alive; the connection is reset under the next request on it. */
  | { kind: 'stale-keep-alive' }
  /** The normal body, `bytes` (1) every `everyMs` (100). */
  | { kind: 'drip'; bytes?: number; everyMs?: number }
  /** A JSON body that never ends, 64 kB every `everyMs` (5). */
  | { kind: 'endless'; everyMs?: number }
  /** The normal body, still JSON, made `megabytes` long with spaces. */
  | { kind: 'huge'; megabytes: number }

export interface Effect {
  /**
   * When the number is really taken away: `now` (default of answers that begin with the normal one), `never`
   * (default of the others), or that many ms after it was asked for. An normal answer with `never` is a lie.
   */
  work?: 'now' | 'never' | { afterMs: number }
  delayBeforeWorkMs?: number
  delayAfterWorkMs?: number
  /** Default: normal. */
  answer?: Answer
  /** Another shape, or pages that repeat (always page 0) or never end (each full and new). */
  variant?: Variant
}

export interface FaultRule {
  /** Default: every request. */
  match?: RequestMatch
  /** Let that many matching requests pass first. */
  skip?: number
  /** Apply that often; default: always. */
  times?: number
  effect: Effect
}

const NORMAL_FIRST: Answer['kind'][] = ['normal', 'truncated', 'stale-keep-alive', 'drip', 'huge']

/** When the work is done if the rule does not say so. */
export function workOf(effect: Effect): NonNullable<Effect['work']> {
  return effect.work ?? (NORMAL_FIRST.includes(effect.answer?.kind ?? 'normal') ? 'now' : 'never')
}

interface ActiveRule {
  id: number
  rule: FaultRule
  skip: number
  left: number
}

/** The rules in their order; the first that matches and is not used up decides. */
export class Faults {
  private rules: ActiveRule[] = []
  private made = 0

  add(rule: FaultRule): number {
    this.made += 1
    this.rules.push({ id: this.made, rule, skip: rule.skip ?? 0, left: rule.times ?? Number.POSITIVE_INFINITY })
    return this.made
  }

  clear(): void {
    this.rules = []
  }

  /** The effect for this request, counted against its rule. */
  take(facts: RequestFacts): { id: number; effect: Effect } | null {
    for (const active of this.rules) {
      if (!agrees(active.rule.match ?? {}, facts)) continue
      if (active.skip > 0) {
        active.skip -= 1
        continue
      }
      if (active.left <= 0) continue
      active.left -= 1
      return { id: active.id, effect: active.rule.effect }
    }
    return null
  }
}
