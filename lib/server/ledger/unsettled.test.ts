import { expect, it } from 'vitest'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { intentFor, numberAt, SCOPE } from '@/lib/server/ledger/testing/intents'
import { createLedger } from './ledger'
import type { Intent, NewEvent } from './types'

const ACCEPTED: NewEvent = { outcome: 'returned', how: 'vida_answered' }
const SEEN: NewEvent = { outcome: 'returned', how: 'read_after', gone: true }

describeEachDatabase('returns that no reading has confirmed', (open) => {
  async function ledgerOf() {
    const ledger = createLedger((await open()).db)
    let index = 0
    const add = async (events: readonly NewEvent[], changes: Partial<Intent> = {}) => {
      const { receiptId } = await ledger.intend(intentFor(numberAt(index++), changes))
      for (const event of events) await ledger.append(receiptId, event)
      return receiptId
    }
    return { ledger, add }
  }

  it('are those that Vida accepted and no reading has shown to be gone since, also without an account', async () => {
    const { ledger, add } = await ledgerOf()
    const sending: NewEvent = { outcome: 'open', how: 'sending' }
    const first = await add([sending, ACCEPTED])
    await add([sending, ACCEPTED, SEEN])
    const listed = await add([sending, ACCEPTED, { ...SEEN, gone: false }])
    await add([sending, ACCEPTED, { ...SEEN, gone: false }, SEEN])
    await add([sending, { outcome: 'unknown', how: 'no_answer' }, SEEN])
    await add([sending, { outcome: 'unknown', how: 'no_answer' }])
    await add([sending, { outcome: 'refused', how: 'vida_answered' }])
    await add([sending])
    const byHand = await add([sending, ACCEPTED], { accountId: null })
    await add([sending, ACCEPTED], { scope: { ...SCOPE, ownerId: '9002' } })
    await add([sending, ACCEPTED], { scope: { ...SCOPE, origin: 'http://127.0.0.1:4010' } })
    const last = await add([sending, ACCEPTED])

    const found = await ledger.unverified(SCOPE)
    expect(found.map(({ receiptId }) => receiptId)).toEqual([first, listed, byHand, last])
    for (const record of found) expect(record).toEqual(await ledger.get(SCOPE, record.receiptId))
  })

  it('are searched among the newest five hundred alone, so that a long history costs nothing', async () => {
    const { ledger, add } = await ledgerOf()
    const old = await add([ACCEPTED])
    for (let index = 0; index < 499; index++) await add([])
    expect((await ledger.unverified(SCOPE)).map(({ receiptId }) => receiptId)).toEqual([old])
    await add([])
    expect(await ledger.unverified(SCOPE)).toEqual([])
  })
})
