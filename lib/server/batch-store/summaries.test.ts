import { expect, it } from 'vitest'
import { createBatch } from '@/lib/server/batch-store/testing/batches'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { SCOPE } from '@/lib/server/ledger/testing/intents'
import { createBatchStore, type NewItem } from './batch-store'
import { listBatchRows, summariesOf } from './summaries'

const NOW = Date.UTC(2026, 10, 24)
const item = (last: number, account: string, organization: string | null, name = 'Acme Dental'): NewItem => ({
  number: `+1214555${String(last).padStart(4, '0')}`,
  account_id: account,
  account_name: `Agent ${account}`,
  organization_id: organization,
  organization_name: organization && name,
})

describeEachDatabase('the summary of a batch', (open) => {
  it('names its first number’s customer and counts customers by id, an account without an organization as one', async () => {
    const { db } = await open()
    const batches = createBatchStore(db)
    const begin = (items: readonly NewItem[]) => createBatch(batches, { scope: SCOPE, items }, NOW)
    const many = await begin([
      item(1, '102', '8002', 'Zebra Print'),
      item(2, '101', '8001'),
      // An agent of the same customer, then another customer of the same name.
      item(3, '103', '8002', 'Zebra Print'),
      item(4, '104', '8004'),
      item(5, '8001', null),
      item(6, '105', null),
    ])
    const one = await begin([item(7, '101', '8001'), item(8, '106', '8001')])
    const alone = await begin([item(9, '107', null)])
    const summaries = await summariesOf(db, await listBatchRows(db, SCOPE, { limit: 10 }), NOW)
    expect(Object.fromEntries(summaries.map(({ id, customers }) => [id, customers]))).toEqual({
      [many]: { first: 'Zebra Print', count: 5 },
      [one]: { first: 'Acme Dental', count: 1 },
      [alone]: { first: 'Agent 107', count: 1 },
    })
  })
})
