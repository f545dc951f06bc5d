import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formulasIn, hostileText } from '@/lib/domain/csv/testing/spreadsheet'
import { numbersCsv } from './csv'

const account = {
  id: '100001',
  name: '=Front desk',
  active: true,
  canceledAt: null,
  canceledReason: null,
  organizationId: '8001',
  organizationName: 'Alder, Family',
  organizationActive: true,
  organizationCanceledAt: null,
}
const row = {
  kind: 'row' as const,
  key: 'k',
  number: '+12145550101',
  national: '(214) 555-0101',
  country: 'US',
  label: null,
  provider: 'twilio',
  sms: true,
  account,
  state: 'active' as const,
  endsAt: null,
}

test('begins with a byte-order mark, ends each line with CRLF, heads its columns', () => {
  const csv = numbersCsv([row])
  expect(csv.startsWith('\uFEFFNumber,National form,')).toBe(true)
  expect(csv.endsWith('\r\n')).toBe(true)
  expect(csv.split('\r\n')[1]).toBe(
    `+12145550101,(214) 555-0101,US,'=Front desk,100001,"Alder, Family",8001,active,,yes,twilio,,,,,,`,
  )
})

test('no cell begins a formula, whatever names, labels and providers say', () => {
  fc.assert(
    fc.property(hostileText, hostileText, hostileText, (name, label, provider) => {
      const hostile = { ...account, name, organizationName: label, id: provider }
      expect(formulasIn(numbersCsv([{ ...row, label, provider, account: hostile }]).slice(1))).toEqual([])
    }),
  )
})

test('the use of a number is told with its basis and its age, as far as Vida says', () => {
  const usage = { lastUsedAt: '2026-11-20T08:00:00.000Z', lastKind: 'call' as const, calls30: 1, texts30: 0 }
  const use = {
    accountId: '100001',
    readAt: '2026-11-24T10:32:00.000Z',
    coveredSince: '2026-08-01T00:00:00.000Z',
    account: null,
    numbers: { [row.number]: usage },
  }
  const cellsOfUse = (...uses: (typeof use)[]) =>
    numbersCsv([row], new Map(uses.map((each) => [each.accountId, each])))
      .split('\r\n')
      .slice(0, 2)
      .map((line) => line.split(',').slice(-5))
  expect(cellsOfUse(use)).toEqual([
    ['Last used at', 'Last use', 'Use said of', 'Use covered since', 'Use read at'],
    [usage.lastUsedAt, 'call', 'number', use.coveredSince, use.readAt],
  ])
  expect(cellsOfUse({ ...use, numbers: {} })[1]).toEqual(['', '', '', '', use.readAt])
})
