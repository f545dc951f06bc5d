import { describe, expect, test } from 'vitest'
import { recordOf } from '@/lib/domain/returns/testing/records'
import type { Batch, BatchItem, BatchItemOutcome } from './batch'
import { countsOf, customersOf } from './customers'
import { batchText, customerText, returnsText } from './text'

const item = (number: string, outcome: BatchItemOutcome, over: Partial<BatchItem> = {}): BatchItem => ({
  number,
  national: null,
  accountId: '100001',
  accountName: 'Front desk',
  organizationId: '8001',
  organizationName: 'Alder Family Dentistry',
  outcome,
  message: null,
  receiptId: outcome === 'not_sent' ? null : 'R-1JD3K8Q2M-7XK2P9QWE4RT',
  verified: null,
  ...over,
})
const batch = (items: BatchItem[], over: Partial<Batch> = {}): Batch => ({
  id: 'B-1JD3K8Q2M-7XK2P9QWE4RT',
  state: 'ended',
  reason: 'finished',
  createdAt: '2026-11-24T10:00:00.000Z',
  sendsAt: null,
  endedAt: '2026-11-24T10:01:00.000Z',
  requestedBy: { id: '70001', name: 'Northwind Voice', role: 'reseller' },
  operator: null,
  returnReason: null,
  note: null,
  total: items.length,
  counts: countsOf(items),
  items,
  ...over,
})
const at = (iso: string) => `${iso.slice(11, 16)} UTC`
const bakery = {
  accountId: '100010',
  accountName: 'Orders',
  organizationId: '8003',
  organizationName: 'Bluebird Bakery',
}
const items = [
  item('+12145550101', 'returned', { message: 'Success', verified: true }),
  item('+442079460001', 'returned', bakery),
  item('+12145550102', 'refused', { message: 'Port pending' }),
  item('+12145550104', 'returned', { verified: false }),
  item('+12145550103', 'not_sent', { accountName: null, message: 'Nothing more was sent; see History.' }),
]

describe('the text for a customer', () => {
  const whole = batch(items, { note: 'T-17, owes us money' })
  const [alder, bluebird] = customersOf(items)
  if (!alder || !bluebird) throw new Error('unreachable')

  test('tells of each of its numbers the agent, the outcome and whether it is confirmed gone', () => {
    expect(customerText(whole, alder, at).split('\n')).toEqual([
      'Return of 4 numbers of Alder Family Dentistry',
      'Requested: 10:00 UTC',
      'Ended: 10:01 UTC',
      '',
      'Returned (2)',
      '  +12145550101, Front desk: returned, confirmed gone',
      '  +12145550104, Front desk: returned, still listed',
      '',
      'Refused (1)',
      '  +12145550102, Front desk: refused',
      '',
      'Not sent (1)',
      '  +12145550103, account 100001: not sent',
      '',
      'Batch: B-1JD3K8Q2M-7XK2P9QWE4RT',
    ])
  })

  test('has nobody else’s numbers or names in it, no note, and nothing that was said to the desk', () => {
    const text = customerText(whole, bluebird, at)
    expect(text).toContain('Return of 1 number of Bluebird Bakery')
    expect(text).toContain('+442079460001, Orders: returned, not confirmed yet')
    expect(text).not.toMatch(/\+1214|Alder|Front desk|T-17/)
    expect(customerText(whole, alder, at)).not.toMatch(/Port pending|see History|T-17/)
  })
})

describe('the text of the whole batch', () => {
  test('lists each number under its outcome with its organization, and keeps the note', () => {
    expect(batchText(batch(items, { note: 'T-17' }), at).split('\n')).toEqual([
      'Return of 5 numbers',
      'Requested: 10:00 UTC by Northwind Voice',
      'Ended: 10:01 UTC',
      'Note: T-17',
      '',
      'Returned (3)',
      '  +12145550101, Front desk, Alder Family Dentistry: confirmed gone',
      '  +442079460001, Orders, Bluebird Bakery: not confirmed yet',
      '  +12145550104, Front desk, Alder Family Dentistry: still listed',
      '',
      'Refused (1)',
      '  +12145550102, Front desk, Alder Family Dentistry: Vida said: “Port pending”',
      '',
      'Not sent (1)',
      '  +12145550103, Alder Family Dentistry: Nothing more was sent; see History.',
      '',
      'Batch: B-1JD3K8Q2M-7XK2P9QWE4RT',
    ])
  })

  test('of one is called one number, and without a note has no line for it', () => {
    const lines = batchText(batch([item('+12145550101', 'returned')]), at).split('\n')
    expect(lines[0]).toBe('Return of 1 number')
    expect(lines.some((line) => line.startsWith('Note'))).toBe(false)
  })

  test('says why the rest was not sent', () => {
    const both = [item('+12145550101', 'returned'), item('+12145550102', 'not_sent')]
    expect(batchText(batch(both, { reason: 'stopped' }), at)).toContain(
      '\nStopped by Northwind Voice. The remaining numbers were not sent.\n',
    )
  })
})

test('customers of a batch are told apart by id, and one without an organization is a customer by itself', () => {
  const solo = { organizationId: null, organizationName: null, accountId: '8001', accountName: 'Solo' }
  const twin = { organizationId: '8009', accountId: '100090' }
  const mixed = [
    item('+1', 'returned'),
    item('+2', 'refused', solo),
    item('+3', 'refused', twin),
    item('+4', 'unknown'),
  ]
  expect(customersOf(mixed).map(({ id, name, items: own }) => [id, name, own.map(({ number }) => number)])).toEqual([
    ['8001', 'Alder Family Dentistry', ['+1', '+4']],
    ['account 8001', 'Solo', ['+2']],
    ['8009', 'Alder Family Dentistry', ['+3']],
  ])
})

describe('the text about all returns of a customer', () => {
  const records = [
    recordOf({ number: '+12145550102', requestedAt: '2026-11-25T09:00:00.000Z', note: 'owes us money' }),
    recordOf({ number: '+12145550101', outcome: 'refused', message: 'Port pending', verified: null }),
    recordOf({ number: '+12145550102', outcome: 'refused', message: 'Port pending' }),
    recordOf({ number: '+12145550103', accountId: null, accountName: null, verified: null }),
  ]
  const now = '2026-11-28T12:00:00.000Z'

  test('tells what became of each number last and when, without notes and messages', () => {
    expect(returnsText('Alder Family Dentistry', records, { at, now, more: false }).split('\n')).toEqual([
      'Returns of 3 numbers of Alder Family Dentistry',
      'As of: 12:00 UTC',
      '',
      'Returned (2)',
      '  +12145550102, Front desk: returned, confirmed gone, requested 09:00 UTC',
      '  +12145550103: returned, not confirmed yet, requested 10:00 UTC',
      '',
      'Refused (1)',
      '  +12145550101, Front desk: refused, requested 10:00 UTC',
    ])
  })

  test('says when it leaves out earlier ones', () => {
    expect(returnsText('Alder', records, { at, now, more: true })).toContain('\nEarlier returns are left out.\n')
  })
})
