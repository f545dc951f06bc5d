import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const [main, other] = FRONT_DESK

test.describe('where Vida lists no numbers', () => {
  test.beforeEach(async ({ sandbox }) => sandbox.control.configure({ numbersOffered: false }))

  test('before a scan has shown that, another main number proves nothing, and nothing is sent', async ({ api }) => {
    expectProblem(await api.confirm(other), 502, 'account_unreadable')
    expect(await api.record(other.number)).toMatchObject({ outcome: 'not_sent' })
    expect(await api.posts()).toEqual([])
  })

  test('the main number that an account names is returned, and that it names another then confirms it', async ({
    api,
  }) => {
    await api.client.events()
    expect((await api.confirm(main)).body).toMatchObject({ outcome: 'returned', numbers: [{ number: other.number }] })
    expect(await api.record(main.number)).toMatchObject({ outcome: 'returned', verified: true })
    await api.expectOnePost(main.number)
  })

  for (const mainNumber of ['number', 'absent', 'lists-only'] as const) {
    test(`no number is called gone where the account object has its main number as: ${mainNumber}`, async ({ api }) => {
      await api.client.events()
      await api.control.configure({ mainNumber })
      expectProblem(await api.confirm(main), 502, 'account_unreadable')
      expect(await api.posts()).toEqual([])
    })
  }

  test('an unknown outcome is not settled by an account object that does not state its main number', async ({
    api,
  }) => {
    await api.client.events()
    await api.treatReturns({ work: 'never', answer: { kind: 'drop' } })
    expect((await api.confirm(main)).body).toMatchObject({ outcome: 'unknown' })
    await api.control.configure({ mainNumber: 'absent' })
    const { receiptId } = await api.record(main.number)
    expectProblem(await api.settle('check', receiptId), 502, 'account_unreadable')
    expect(await api.record(main.number)).toMatchObject({ outcome: 'unknown' })
  })
})
