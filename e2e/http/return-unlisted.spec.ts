import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK } from '../support/returns.ts'

test.use({ houseName: 'returns' })

const [main, other] = FRONT_DESK

test.describe('where Vida lists no numbers', () => {
  test.beforeEach(async ({ sandbox }) => sandbox.control.configure({ numbersOffered: false }))

  test('before a scan has shown that, another main number proves nothing, and nothing is sent', async ({ desk }) => {
    expectProblem(await desk.ask(other), 502, 'account_unreadable')
    expect(await desk.record(other.number)).toMatchObject({ outcome: 'not_sent' })
    expect(await desk.posts()).toEqual([])
  })

  test('the main number that an account names is returned, and that it names another then confirms it', async ({
    desk,
  }) => {
    await desk.client.events()
    expect((await desk.ask(main)).body).toMatchObject({ outcome: 'returned', numbers: [{ number: other.number }] })
    expect(await desk.record(main.number)).toMatchObject({ outcome: 'returned', verified: true })
    await desk.expectOnePost(main.number)
  })

  for (const mainNumber of ['number', 'absent', 'lists-only'] as const) {
    test(`no number is called gone where the account object has its main number as: ${mainNumber}`, async ({
      desk,
    }) => {
      await desk.client.events()
      await desk.control.configure({ mainNumber })
      expectProblem(await desk.ask(main), 502, 'account_unreadable')
      expect(await desk.posts()).toEqual([])
    })
  }

  test('an unknown outcome is not settled by an account object that does not state its main number', async ({
    desk,
  }) => {
    await desk.client.events()
    await desk.treatReturns({ work: 'never', answer: { kind: 'drop' } })
    expect((await desk.ask(main)).body).toMatchObject({ outcome: 'unknown' })
    await desk.control.configure({ mainNumber: 'absent' })
    const { receiptId } = await desk.record(main.number)
    expectProblem(await desk.settle('check', receiptId), 502, 'account_unreadable')
    expect(await desk.record(main.number)).toMatchObject({ outcome: 'unknown' })
  })
})
