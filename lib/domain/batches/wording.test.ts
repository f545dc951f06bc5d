import { describe, expect, test } from 'vitest'
import { BATCH_ITEM_OUTCOMES, type Batch, type BatchItemOutcome, type BatchReason } from './batch'
import { itemOf } from './testing/items'
import {
  byOutcome,
  countsSentence,
  endedWording,
  ITEM_WORDING,
  reasonSentence,
  stateWording,
  successOf,
} from './wording'

const NONE: Record<BatchItemOutcome, number> = {
  returned: 0,
  refused: 0,
  already_gone: 0,
  unknown: 0,
  open: 0,
  not_sent: 0,
  not_returned: 0,
  waiting: 0,
}
// Complete, because every reason must have words: the compiler refuses the list when one is missing.
const REASONS: Record<BatchReason, 'pause' | 'end'> = {
  three_in_a_row: 'pause',
  ledger_unavailable: 'pause',
  server_stopped: 'pause',
  app_failed: 'pause',
  finished: 'end',
  stopped: 'end',
  undone: 'end',
  signed_out: 'end',
  session_over: 'end',
}

const requestedBy = { id: '70001', name: 'Northwind Voice', role: 'reseller' }

describe('the counts of a batch', () => {
  test('are told in one order, good news first, without what there is none of', () => {
    const counts = { ...NONE, waiting: 3, unknown: 1, refused: 1, returned: 58 }
    expect(countsSentence({ counts })).toBe('58 returned · 1 refused · 1 unknown · 3 waiting')
  })

  test('name every outcome that a number can have', () => {
    for (const outcome of BATCH_ITEM_OUTCOMES) {
      expect(countsSentence({ counts: { ...NONE, [outcome]: 2 } })).toBe(`2 ${ITEM_WORDING[outcome].toLowerCase()}`)
    }
    expect(countsSentence({ counts: NONE })).toBe('')
  })

  test('are written as people of that place write them', () => {
    expect(countsSentence({ counts: { ...NONE, returned: 1_200 } })).toBe(`${(1_200).toLocaleString()} returned`)
    expect((1_200).toLocaleString()).toBe('1,200')
  })
})

describe('the end of a batch', () => {
  const end = (reason: BatchReason, counts: Partial<Record<BatchItemOutcome, number>>) => ({
    state: 'ended' as const,
    reason,
    total: 12,
    counts: { ...NONE, ...counts },
  })

  test('is a success only if everything was returned; what is gone already leaves nothing to see to', () => {
    expect(successOf(end('finished', { returned: 12 }))).toBe('all')
    expect(successOf(end('finished', { returned: 11, already_gone: 1 }))).toBe('enough')
    for (const outcome of ['refused', 'unknown', 'not_sent', 'not_returned'] as const)
      expect(successOf(end('finished', { returned: 11, [outcome]: 1 })), outcome).toBe('short')
  })

  test('is told with how it came about', () => {
    expect(endedWording(end('finished', { returned: 11, refused: 1 }))).toBe('has ended: 11 returned · 1 refused')
    expect(endedWording(end('stopped', { returned: 4, not_sent: 8 }))).toBe('was stopped: 4 returned · 8 not sent')
    expect(endedWording(end('signed_out', { returned: 4, not_sent: 8 }))).toBe(
      'has ended early: 4 returned · 8 not sent',
    )
  })
})

describe('the state of a batch', () => {
  test('says whether it runs, waits for a person, or is over, and how', () => {
    const words = (state: Batch['state'], reason: BatchReason | null = null, unknown = 0) =>
      stateWording({ state, reason, counts: { ...NONE, unknown } })
    expect([words('running'), words('stopping'), words('paused', 'three_in_a_row')]).toEqual([
      'In progress',
      'Stopping',
      'Paused',
    ])
    expect([words('ended', 'finished'), words('ended', 'stopped')]).toEqual(['Finished', 'Stopped'])
    expect([words('ended', 'signed_out'), words('ended', 'session_over'), words('ended')]).toEqual(
      Array(3).fill('Ended early'),
    )
    expect(words('ended', 'finished', 2)).toBe('Finished, 2 to settle')
  })

  test('has a sentence for every reason; one for a pause says that a person decides', () => {
    for (const [reason, kind] of Object.entries(REASONS)) {
      // Object.entries gives names as plain strings; these are the record's own.
      const sentence = reasonSentence({ reason: reason as BatchReason, requestedBy })
      expect(sentence, reason).toMatch(/^[A-Z].+\.$/)
      expect(sentence.includes('until you decide'), reason).toBe(kind === 'pause')
    }
    expect(reasonSentence({ reason: null, requestedBy })).toBe('')
  })

  test('names the account that stopped it', () => {
    expect(reasonSentence({ reason: 'stopped', requestedBy })).toBe(
      'Stopped by Northwind Voice. The remaining numbers were not sent.',
    )
  })
})

test('the numbers of a batch are grouped by outcome in the order of the recap, each number once, in its own order', () => {
  const items = [itemOf('+3', 'unknown'), itemOf('+2', 'returned'), itemOf('+4', 'not_sent'), itemOf('+1', 'returned')]
  expect(byOutcome(items).map((group) => [group.outcome, group.items.map(({ number }) => number)])).toEqual([
    ['returned', ['+2', '+1']],
    ['unknown', ['+3']],
    ['not_sent', ['+4']],
  ])
  expect(byOutcome([])).toEqual([])
})
