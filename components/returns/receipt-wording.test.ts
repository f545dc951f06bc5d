import { describe, expect, test } from 'vitest'
import { PROOFS, RECORD_OUTCOMES, type ReturnEvent, type ReturnRecord } from '@/lib/domain/returns/record'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import { receiptText } from './customer-receipt'
import { markableFrom, usageSentence, whyNotMarkable } from './open-receipt'
import { eventSentence, receiptDetail } from './receipt-wording'

const at = (iso: string) => iso.slice(11, 16)
const event = (over: Partial<ReturnEvent> = {}): ReturnEvent => ({
  at: '2026-11-24T10:00:01.000Z',
  outcome: 'unknown',
  how: 'no_answer',
  message: null,
  httpStatus: null,
  durationMs: null,
  gone: null,
  ...over,
})
const record = (over: Partial<ReturnRecord> = {}): ReturnRecord => ({
  receiptId: 'r-1',
  number: '+12145551234',
  national: '(214) 555-1234',
  accountId: '100001',
  accountName: 'Front desk',
  organizationId: '8001',
  organizationName: 'Alder',
  outcome: 'returned',
  message: 'Success',
  reason: null,
  note: 'T-17',
  notes: [],
  operator: null,
  requestedAt: '2026-11-24T10:00:00.000Z',
  settledAt: null,
  verified: null,
  verifiedAt: null,
  requestedBy: { id: '70001', name: 'Northwind Voice', role: 'reseller' },
  batchId: null,
  sendsAt: null,
  listedAt: null,
  lastUsedAt: null,
  lastKind: null,
  useBasis: null,
  traceId: 'trace-1',
  contradiction: null,
  events: [],
  ...over,
})

describe('sentences', () => {
  test('every way a record comes about has one', () => {
    for (const how of PROOFS) expect(eventSentence(event({ how }))).toMatch(/\.$|”$/)
    for (const outcome of RECORD_OUTCOMES) expect(receiptDetail(record({ outcome }), at)).toMatch(/\.$|”$/)
  })

  test('a server that stopped before sending is not said to have left anything unknown', () => {
    const stopped = (outcome: 'not_sent' | 'unknown') => eventSentence(event({ how: 'server_stopped', outcome }))
    expect(stopped('not_sent')).toMatch(/Nothing was sent/)
    expect(stopped('unknown')).toBe('The app was stopped before the outcome was known.')
  })

  test('a return is called confirmed only when it was', () => {
    expect(receiptDetail(record({ verified: true, verifiedAt: '2026-11-24T10:00:02.000Z' }), at)).toBe(
      'Confirmed gone at 10:00.',
    )
    expect(receiptDetail(record({ verified: false, verifiedAt: '2026-11-24T10:00:02.000Z' }), at)).toBe(
      'Vida accepted the return, but the number was still listed at 10:00.',
    )
    expect(receiptDetail(record(), at)).toMatch(/not confirmed/)
  })

  test.each([
    [false, 'The number was still listed at 10:00. Vida said: “no”'],
    [true, 'However, the number was no longer in this account at 10:00. Vida said: “no”'],
    [null, 'It is not known where the number is now. Vida said: “no”'],
  ] as const)(
    'a refusal after which the number was looked for with the result %j claims no more than that',
    (gone, wording) => {
      const verifiedAt = gone === null ? null : '2026-11-24T10:00:02.000Z'
      expect(receiptDetail(record({ outcome: 'refused', message: 'no', verified: gone, verifiedAt }), at)).toBe(wording)
    },
  )

  test('beside its outcome’s word a receipt does not say the word again', () => {
    const verifiedAt = '2026-11-24T10:00:02.000Z'
    for (const outcome of RECORD_OUTCOMES) {
      for (const verified of [true, false, null]) {
        const detail = receiptDetail(
          record({ outcome, verified, verifiedAt: verified === null ? null : verifiedAt }),
          at,
        )
        expect(detail).toMatch(/^[A-Z].*[.”]$/)
        expect(detail.toLowerCase().startsWith(OUTCOME_WORDING[outcome].toLowerCase())).toBe(false)
      }
    }
  })

  test('Vida’s words are quoted as they are', () => {
    expect(
      eventSentence(event({ how: 'vida_answered', outcome: 'refused', httpStatus: 404, message: '<i>no</i>' })),
    ).toBe('Vida refused (404). Vida said: “<i>no</i>”')
  })
})

test('marking needs five minutes, which are told as a time, and an account read that found it still listed', () => {
  const seen = record({ outcome: 'unknown', events: [event({ how: 'read_after', gone: false })] })
  expect(markableFrom(seen)).toBe(Date.parse('2026-11-24T10:05:00.000Z'))
  expect(whyNotMarkable(seen, true, at)).toBe('Available from 10:05, if the number is still listed then.')
  expect(whyNotMarkable(record({ outcome: 'unknown', events: [event()] }), false, at)).toMatch(/Check again/)
  expect(whyNotMarkable(seen, false, at)).toBeNull()
})

test('marking what was returned by hand needs the five minutes alone, because there is no account to read', () => {
  const byHand = record({ outcome: 'unknown', accountId: null, events: [event()] })
  expect(whyNotMarkable(byHand, true, at)).toMatch(/from 10:05/)
  expect(whyNotMarkable(byHand, false, at)).toBeNull()
})

test('what was gone before anything was sent says that nothing was sent; after Vida’s 404 it does not', () => {
  const before = event({ how: 'read_before', outcome: 'already_gone', gone: true })
  const sent = event({ how: 'sending', outcome: 'open' })
  const detail = (events: ReturnEvent[]) => receiptDetail(record({ outcome: 'already_gone', events }), at)
  expect(detail([before])).toMatch(/Nothing was sent/)
  expect(detail([sent, event({ how: 'read_after', outcome: 'already_gone', gone: true })])).not.toMatch(/sent/)
})

test.each([
  [{ lastUsedAt: null, lastKind: null, useBasis: null }, null],
  [{ lastUsedAt: null, lastKind: null, useBasis: 'number' }, null],
  [
    { lastUsedAt: '2026-11-24T10:00:00.000Z', lastKind: 'call', useBasis: 'number' },
    'Last used 10:00 (call) when it was confirmed',
  ],
  [
    { lastUsedAt: '2026-11-24T10:00:00.000Z', lastKind: null, useBasis: 'account' },
    'Its agent was last used 10:00 when it was confirmed',
  ],
] as const)('of the use %j a receipt says %j', (use, sentence) => {
  expect(usageSentence(record(use), at)).toBe(sentence)
})

test('the text for the customer has the facts, no empty lines, and neither the note nor who asked', () => {
  expect(
    receiptText(
      record({ verified: true, verifiedAt: '2026-11-24T10:00:02.000Z', organizationName: null, organizationId: null }),
      at,
    ).split('\n'),
  ).toEqual([
    'Return of +12145551234, (214) 555-1234',
    'Agent account: Front desk (100001)',
    'Requested: 10:00',
    'Outcome: Returned, confirmed gone at 10:00.',
    'Receipt: r-1',
  ])
})

test('a customer reads who returned the number, and neither the reason nor a note', () => {
  const notes = [{ at: '2026-11-25T09:00:00.000Z', operator: 'Bob', note: 'owes us money' }]
  const text = receiptText(record({ operator: 'Ada', reason: 'Unused', notes }), at)
  expect(text).toContain('\nBy: Ada\n')
  expect(text).not.toMatch(/Unused|T-17|owes us money|Bob/)
})

test.each([
  ['returned', false, 'The return was accepted; the number was still listed at 10:00.'],
  ['returned', null, 'The return was accepted; it is not confirmed yet.'],
  ['refused', false, 'Not returned; the number was still listed at 10:00.'],
  ['refused', true, 'The return was refused; the number was no longer in this account at 10:00.'],
  ['refused', null, 'The return was refused; it is not known where the number is now.'],
] as const)(
  'a customer reads of “%s”, found gone: %j, what is known and nothing of Vida',
  (outcome, verified, wording) => {
    const verifiedAt = verified === null ? null : '2026-11-24T10:00:02.000Z'
    const lines = receiptText(record({ outcome, verified, verifiedAt, message: 'internal reason' }), at).split('\n')
    expect(lines).toContain(`Outcome: ${wording}`)
  },
)

test('no text for a customer has Vida’s words or this app’s rules in it', () => {
  for (const outcome of RECORD_OUTCOMES)
    expect(receiptText(record({ outcome, message: 'internal reason' }), at)).not.toMatch(
      /internal reason|Vida|T-17|again/,
    )
})
