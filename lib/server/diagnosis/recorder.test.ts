import { expect, it } from 'vitest'
import { Recorder } from './recorder'

const path = '/api/v2/listAccounts'

function recorded(value: unknown, query: Record<string, string> = {}) {
  const recorder = new Recorder(10)
  recorder.take({ path, query, status: 200, value })
  return recorder.recording().answers[0]
}

it('renumbers ids alike wherever they come, as the number or the text that they were', () => {
  const recorder = new Recorder()
  const value = { id: 70001, organizationId: '70001', permittedAccountIds: [70001, 70002], externalAccountId: 'crm-7' }
  recorder.take({ path, query: { targetOrganizationId: '70002', page: '0', active: 'false' }, status: 200, value })
  recorder.take({ path, query: { targetOrganizationId: '70001' }, status: 404, value: undefined })
  expect(recorder.recording()).toEqual({
    format: 1,
    answers: [
      {
        path,
        query: { targetOrganizationId: '1001', page: '0', active: 'false' },
        status: 200,
        body: { id: 1002, organizationId: '1002', permittedAccountIds: [1002, 1001], externalAccountId: 'id-1003' },
      },
      { path, query: { targetOrganizationId: '1002' }, status: 404 },
    ],
  })
})

it('makes names and numbers up, alike wherever they come, in the form that numbers are written in', () => {
  const value = {
    phoneNumbers: ['+12125550101', '(212) 555-0101', 2125550102, '+442079460000', '88202', 'Front desk'],
    name: 'Alder Dental',
    orgName: 'Alder Dental',
    provider: { name: 'twilio' },
  }
  expect(recorded(value)?.body).toEqual({
    phoneNumbers: ['+12145550001', '(214) 555-0002', 2145550003, '+19725550004', '90005', ''],
    name: 'Name 1',
    orgName: 'Name 1',
    provider: { name: 'Name 2' },
  })
})

it('shifts times by the same days, keeps counts of paging, flags and Vida’s own words, and nothing else', () => {
  const value = {
    timestamp: '2023-05-14T09:30:00.000Z',
    created: '2023-05-14',
    vidaPremiumCanceled: 1_700_000_000,
    totalAccounts: 37,
    pageSize: 20,
    active: true,
    vidaPhoneNumber: null,
    accountType: 'organization',
    capabilities: ['voice', 'fax of Mr. Hill'],
    balance: 1234.5,
    message: 'Hello Mr. Hill',
  }
  expect(recorded(value)?.body).toEqual({
    timestamp: '2023-05-04T09:30:00.000Z',
    created: '2023-05-04',
    vidaPremiumCanceled: 1_699_136_000,
    totalAccounts: 37,
    pageSize: 20,
    active: true,
    vidaPhoneNumber: null,
    accountType: 'organization',
    capabilities: ['voice', ''],
    balance: 0,
    message: '',
  })
})

it('lets nothing through that it does not know: keys, queries, depths', () => {
  const canary = 'Canary Dental'
  let deep: unknown = canary
  for (let depth = 0; depth < 50; depth++) deep = { data: deep }
  const value = { 'Canary Dental': { id: 1 }, canary_70001: [canary], note: canary, data: { deep, items: [[canary]] } }
  const answer = recorded(value, { queryText: canary, page: canary, token: 'canary-token' })
  expect(JSON.stringify(answer)).not.toMatch(/canary/i)
  expect(answer).toMatchObject({ query: {}, body: { field1: { id: 1001 }, field2: [''], note: '' } })
})

it('keeps the last answer to a question', () => {
  const recorder = new Recorder()
  recorder.take({ path, query: {}, status: 500, value: undefined })
  recorder.take({ path, query: {}, status: 200, value: [] })
  expect(recorder.recording().answers).toEqual([{ path, query: {}, status: 200, body: [] }])
})

it('keeps of calls and texts their kind, direction, time and made-up numbers, and nothing that was said', () => {
  const said = 'Call me back'
  const value = [
    {
      ...{
        type: 'call',
        direction: 'inbound',
        eventType: 'inbound-call',
        timestamp: 1_795_867_200,
        account_id: '100001',
      },
      ...{ toNumber: '+12145550101', fromNumber: '+15125550100', message: said, summary: said, fromUser: said },
      ...{ callDialog: [{ role: 'user', content: said }] },
    },
  ]
  const [answer] = [recorded(value, { targetAccountId: '100001', start: '1', end: '2', pageSize: '1000' })]
  expect(answer?.query).toEqual({ targetAccountId: '1001', pageSize: '1000' })
  expect(answer?.body).toMatchObject([
    { type: 'call', direction: 'inbound', eventType: 'inbound-call', account_id: '1001', message: '', summary: '' },
  ])
  expect(JSON.stringify(answer)).not.toContain(said)
})
