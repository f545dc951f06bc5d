import { expect, it } from 'vitest'
import { ReportTally } from './report'
import { recordOf } from './testing/records'

it('counts by customer, person, reason and outcome, and what was not said last', () => {
  const tally = new ReportTally()
  const alder = { organizationId: '8001', organizationName: 'Alder', operator: 'Ada', reason: 'Unused' }
  tally.add([
    recordOf({ ...alder, operator: null, reason: null }),
    recordOf({ ...alder, operator: null, outcome: 'refused' }),
    recordOf(alder),
  ])
  tally.add([
    recordOf({ ...alder, organizationId: '8002' }),
    recordOf({ operator: null, reason: null, accountId: null, organizationId: null, outcome: 'not_sent' }),
  ])
  expect(tally.totals()).toEqual({
    returns: 5,
    outcomes: [
      { outcome: 'returned', returns: 3 },
      { outcome: 'refused', returns: 1 },
      { outcome: 'not_sent', returns: 1 },
    ],
    customers: [
      { id: '8001', name: 'Alder', returns: 3, returned: 2 },
      { id: '8002', name: 'Alder', returns: 1, returned: 1 },
      { id: null, name: null, returns: 1, returned: 0 },
    ],
    people: [
      { id: null, name: 'Ada', returns: 2, returned: 2 },
      { id: null, name: null, returns: 3, returned: 1 },
    ],
    reasons: [
      { id: null, name: 'Unused', returns: 3, returned: 2 },
      { id: null, name: null, returns: 2, returned: 1 },
    ],
  })
})
