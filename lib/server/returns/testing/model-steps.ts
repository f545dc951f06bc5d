import * as fc from 'fast-check'
import type { Effect } from '@/e2e/vida-sandbox/faults'
import { type Fault, STEPS } from './test-app'

/** What Vida may do with a return request; those that begin with “yes” answer `success: true`. */
export const TREATMENTS: Record<string, Effect> = {
  'yes, and does it': {},
  'yes, and does not do it': { work: 'never' },
  'no: 400': { answer: { kind: 'status', status: 400 } },
  'no: 401': { answer: { kind: 'status', status: 401 } },
  'no: 404': { answer: { kind: 'status', status: 404 } },
  'no: 404, having done it': { work: 'now', answer: { kind: 'status', status: 404 } },
  'no: success false': { answer: { kind: 'success-false' } },
  'nothing clear: 500': { answer: { kind: 'status', status: 500 } },
  'nothing clear: 503, having done it': { work: 'now', answer: { kind: 'status', status: 503 } },
  'nothing clear: without success': { answer: { kind: 'without-success' } },
  'nothing clear: a redirect': { answer: { kind: 'redirect', status: 307, location: '/api/v2/phoneNumber/return' } },
  'nothing clear: broken off, having done it': { answer: { kind: 'truncated', by: 'connection' } },
  'nothing: reset': { work: 'never', answer: { kind: 'drop' } },
  'nothing: reset, having done it': { work: 'now', answer: { kind: 'drop' } },
  'nothing: time-out': { work: 'never', answer: { kind: 'hang' } },
  'nothing: time-out, having done it': { work: 'now', answer: { kind: 'hang' } },
  'nothing: time-out, and does it afterwards': { work: { afterMs: 90 }, answer: { kind: 'hang' } },
}

export type Act =
  | {
      do: 'confirm'
      app: number
      held: boolean
      number: number
      byHand: boolean
      twice: boolean
      vida: string
      blind: 'no' | 'before' | 'after'
      fault: Fault | null
    }
  | { do: 'wait'; ms: number; app: number }
  | { do: 'list'; as: Lists; app: number }
  | { do: (typeof OTHERS)[number]; number: number; app: number }

/** How Vida lists an account's numbers from then on; `moving`: each page in another order, without a total. */
export type Lists = 'whole' | 'in pages' | 'moving'

const OTHERS = [
  'move',
  'remove',
  'mark',
  'check again',
  'scan',
  'recover orphans',
  'thaw',
  'restart',
  'undo',
  'protect',
  'lift',
  'sign out',
  'stop server',
] as const

const LISTS: readonly Lists[] = ['whole', 'in pages', 'moving']

const app = fc.nat(1)
const number = fc.nat(2)
const fault = fc.record({
  kind: fc.constantFrom('crash', 'freeze', 'ledger fails'),
  at: fc.constantFrom(...STEPS),
  when: fc.constantFrom('before', 'after'),
})

export const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('confirm' as const),
        app,
        number,
        held: fc.boolean(),
        byHand: fc.boolean(),
        twice: fc.boolean(),
        vida: fc.constantFrom(...Object.keys(TREATMENTS)),
        blind: fc.constantFrom('no', 'no', 'no', 'before', 'after'),
        fault: fc.option(fault, { freq: 2 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        ms: fc.constantFrom(100, 7_000, 130_000, 400_000),
        app,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('list' as const), as: fc.constantFrom(...LISTS), app }),
    },
    { weight: 7, arbitrary: fc.record({ do: fc.constantFrom(...OTHERS), number, app }) },
  ),
  { minLength: 2, maxLength: 10 },
)
