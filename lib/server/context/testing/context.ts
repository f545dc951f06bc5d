import { setTimeout as delay } from 'node:timers/promises'
import { readSettings } from '@/lib/server/config/settings'
import type { Context } from '@/lib/server/context/context'
import { fakeFindings } from '@/lib/server/findings/testing/findings'
import { localLimits } from '@/lib/server/limit-store/testing/limits'
import { sharedIn } from '@/lib/server/process/shared'
import { shutdownOf } from '@/lib/server/process/shutdown'

type Part<T> = T extends (...args: never[]) => unknown ? T : Partial<T>
type Parts = { [Name in keyof Context]?: Part<Context[Name]> }

/** Sleeps are a hundred times shorter, so that checks at 1, 3, 10 and 30 s are over in 300 ms. */
const FAST_CLOCK: Context['clock'] = { now: () => Date.now(), sleep: (ms) => delay(ms / 100) }

/** A context for one test. A part that the test does not give throws when a verb uses it. */
export function testContext(parts: Parts = {}): Context {
  const shared = parts.shared ?? sharedIn({})
  const clock = { ...FAST_CLOCK, ...parts.clock }
  const given: Parts = {
    settings: readSettings({}),
    instance: { id: 'instance-1', leaseMs: 6_000 },
    clock,
    limits: localLimits(clock),
    log: () => {},
    findings: fakeFindings(),
    shutdown: shutdownOf(shared),
    ...parts,
    shared,
  }
  const use = (target: Parts, name: keyof Context) => {
    if (!(name in target)) throw new Error(`This test gives no ${name}.`)
    return target[name]
  }
  // Parts may lack methods that the verb under test does not call.
  return new Proxy(given, { get: (target, name) => use(target, name as keyof Context) }) as Context
}
