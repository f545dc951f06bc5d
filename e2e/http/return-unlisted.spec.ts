import { expect, test } from '../tools/return-test.ts'
import { expectProblem, FRONT_DESK } from '../tools/returns.ts'

test.use({ houseName: 'returns' })

const [main, other] = FRONT_DESK

test.describe('where Vida lists no numbers', () => {
  test.beforeEach(async ({ sandbox }) => sandbox.control.configure({ numbersOffered: false }))

  test('the main number that an account names is seen there, and returned', async ({ desk }) => {
    expect((await desk.ask(main)).body).toMatchObject({ outcome: 'returned', numbers: null })
    // Its place is taken by the next one, which proves nothing.
    expect(await desk.record(main.number)).toMatchObject({ outcome: 'returned', verified: null })
    await desk.expectOnePost(main.number)
  })

  test('a number that is not the main one is not called gone, and nothing is sent', async ({ desk }) => {
    expectProblem(await desk.ask(other), 502, 'account_unreadable')
    expect(await desk.record(other.number)).toMatchObject({ outcome: 'not_sent' })
    expect(await desk.posts()).toEqual([])
  })

  for (const mainNumber of ['number', 'null', 'absent', 'lists-only'] as const) {
    test(`no number is called gone where the account object has its main number as: ${mainNumber}`, async ({
      desk,
    }) => {
      await desk.control.configure({ mainNumber })
      expectProblem(await desk.ask(main), 502, 'account_unreadable')
      expect(await desk.posts()).toEqual([])
    })
  }

  test('an unknown outcome is not settled by another main number', async ({ desk }) => {
    await desk.treatReturns({ work: 'now', answer: { kind: 'drop' } })
    expect((await desk.ask(main)).body).toMatchObject({ outcome: 'unknown', numbers: null })
    const { receiptId } = await desk.record(main.number)
    expectProblem(await desk.settle('check', receiptId), 502, 'account_unreadable')
    expect(await desk.record(main.number)).toMatchObject({ outcome: 'unknown' })
  })
})
