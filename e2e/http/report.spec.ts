import { batchThatIs, goneAt } from '../support/history.ts'
import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK, ReturnsApi } from '../support/returns.ts'

const [place, second, third] = FRONT_DESK

interface ReportBody {
  returns: number
  outcomes: { outcome: string; returns: number }[]
  customers: { id: string | null; name: string | null; returns: number; returned: number }[]
  people: { name: string | null; returns: number; returned: number }[]
  reasons: { name: string | null; returns: number; returned: number }[]
  protections: { change: string; target: string; operator: string | null }[]
  code?: string
}

test('the report counts the period’s returns by customer, person, reason and outcome, and lists each with every change of protection', async ({
  signIn,
  sandbox,
}) => {
  const ada = new ReturnsApi(await signIn(undefined, 'Ada'), sandbox.control)
  const bob = new ReturnsApi(await signIn(undefined, 'Bob'), sandbox.control)
  await ada.client.post('/api/numbers/return', { ...place, reason: 'Unused' })
  const order = { returns: [second, goneAt(1)], reason: 'Customer cancelled' }
  const { id } = (await bob.client.post<{ id: string }>('/api/batches', order)).body
  await batchThatIs(bob.client, id, 'ended')
  const target = { level: 'number', target: third.number }
  const set = await bob.client.post<{ id: string }>('/api/protections', { ...target, reason: 'Main line' })
  await ada.client.post(`/api/protections/${set.body.id}/lift`, { reason: 'Ported' })

  const report = async (query = '', { client } = ada) =>
    (await client.get<ReportBody>(`/api/returns/report?${query}`)).body
  expect(await report()).toMatchObject({
    returns: 3,
    outcomes: [
      { outcome: 'returned', returns: 2 },
      { outcome: 'already_gone', returns: 1 },
    ],
    customers: [{ name: 'Alder Family Dentistry', returns: 3, returned: 2 }],
    people: [
      { name: 'Bob', returns: 2, returned: 1 },
      { name: 'Ada', returns: 1, returned: 1 },
    ],
    reasons: [
      { name: 'Customer cancelled', returns: 2, returned: 1 },
      { name: 'Unused', returns: 1, returned: 1 },
    ],
    protections: [
      { change: 'lifted', target: third.number, operator: 'Ada' },
      { change: 'set', target: third.number, operator: 'Bob' },
    ],
  })
  expect(await report('operator=Ada')).toMatchObject({ returns: 1, reasons: [{ name: 'Unused' }] })
  const before = await report('to=2020-01-01T00%3A00%3A00Z')
  expect(before).toMatchObject({ returns: 0, outcomes: [], customers: [], people: [], protections: [] })
  const stranger = new ReturnsApi(await signIn(sandbox.tokens.partner), sandbox.control)
  expect(await report('', stranger)).toMatchObject({ returns: 0, protections: [] })
  expectProblem(await ada.client.get<ReportBody>('/api/returns/report?from=yesterday'), 400, 'malformed')

  const file = await ada.client.raw('/api/returns/report?format=csv&reason=Unused')
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="report.csv"')
  const lines = (await file.text()).split('\r\n')
  expect(lines[0]).toMatch(/Report of returns$/)
  expect(lines).toContain('Made by,"Ada, Northwind Voice (70001)"')
  expect(lines).toContain('Reason,Unused')
  expect(lines).toContain('Returned,1')
  expect(lines).toContain('Alder Family Dentistry,1,1,8001')
  expect(lines.filter((line) => line.startsWith('R-'))).toEqual([expect.stringContaining(`,${place.number},`)])
  const changes = lines.filter((line) => /^(?:set|lifted),/.test(line))
  expect(changes).toEqual([
    expect.stringMatching(/^lifted,.*,Ada,number,\+12145550103,,Ported$/),
    expect.stringMatching(/^set,.*,Bob,number,\+12145550103,,Main line$/),
  ])
})
