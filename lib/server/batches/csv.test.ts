import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Batch } from '@/lib/domain/batches/batch'
import { itemOf } from '@/lib/domain/batches/testing/items'
import { formulasIn, hostileText } from '@/lib/domain/csv/testing/spreadsheet'
import { csvOfBatch } from './csv'

const counts = { returned: 0, refused: 1, already_gone: 0, unknown: 0, open: 0, not_sent: 0, not_returned: 0 }
const batch: Batch = {
  id: 'B-1',
  state: 'ended',
  reason: 'finished',
  createdAt: '2026-11-24T10:00:00.000Z',
  sendsAt: null,
  endedAt: '2026-11-24T10:01:00.000Z',
  requestedBy: { id: '70001', name: 'Northwind Voice', role: 'reseller' },
  operator: null,
  returnReason: null,
  note: null,
  total: 1,
  counts: { ...counts, waiting: 0 },
  items: [],
}

test('no cell of a batch’s file begins a formula, whatever names, messages and notes say', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, hostileText, hostileText, async (accountName, message, note) => {
      const items = [{ ...itemOf('+12145550101'), accountName, organizationName: note, message }]
      expect(
        formulasIn(
          (await csvOfBatch({ ...batch, operator: message, returnReason: accountName, note, items })).slice(1),
        ),
      ).toEqual([])
    }),
  )
})
