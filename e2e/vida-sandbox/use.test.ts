import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { type Sandbox, startSandbox } from './sandbox.ts'
import { get } from './test-client.ts'
import { CALLER_PREFIX, TEXT_CANARY } from './use-answers.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
beforeEach(() => sandbox.control.reset())
afterAll(() => sandbox.close())

const HOUR = 3_600
const messages = (targetAccountId = '100001') => get(sandbox, 'reseller', 'messages/recent', { targetAccountId })
const logs = (query: Record<string, string> = {}) =>
  get(sandbox, 'reseller', 'logs', { targetAccountId: '100001', ...query })

const timesSchema = z.array(z.object({ timestamp: z.number() }))
const hoursSince = (body: unknown) =>
  timesSchema.parse(body).map(({ timestamp }) => Math.round((Date.now() / 1000 - timestamp) / HOUR))

test('nobody called unless a test or an option says so', async () => {
  expect(await messages()).toMatchObject({ status: 200, body: [] })
  expect(await logs()).toMatchObject({ status: 200, body: { success: true, logs: [], totalCount: 0 } })
})

test('what a test adds comes newest first, with the number on Vida’s side and texts that nobody may keep', async () => {
  const number = '+12145550101'
  await sandbox.control.addUse('100001', { number, hoursAgo: 30, times: 2 })
  await sandbox.control.addUse('100001', { number, hoursAgo: 2, kind: 'text', direction: 'outbound' })
  const { body } = await messages()
  expect(body).toMatchObject([
    { type: 'sms', direction: 'outbound', fromNumber: number, message: expect.stringContaining(TEXT_CANARY) },
    { type: 'call', direction: 'inbound', toNumber: number, fromNumber: expect.stringContaining(CALLER_PREFIX) },
    { type: 'call' },
  ])
  expect(hoursSince(body)).toEqual([2, 30, 31])
  const page = await logs({ pageSize: '2' })
  expect(page.body).toMatchObject({
    logs: [{ account_id: '100001' }, {}],
    totalCount: 3,
    pagination: { hasMore: true },
  })
  const start = String(Math.floor(Date.now() / 1000) - 24 * HOUR)
  expect((await logs({ start })).body).toMatchObject({ totalCount: 1, pagination: { hasMore: false } })
})

test('believable ones differ by account: an hour ago, some days ago, long ago, never', async () => {
  await sandbox.control.configure({ use: 'believable' })
  const last = async (id: string) => hoursSince((await messages(id)).body)[0] ?? null
  expect(await Promise.all(['100001', '100002', '100003', '100004'].map(last))).toEqual([1, 12 * 24, 104 * 24, null])
})

test('can be absent, unavailable, in another shape or of another account', async () => {
  await sandbox.control.configure({ messages: 'not-offered', logs: 'unavailable' })
  expect(await messages()).toMatchObject({ status: 404 })
  expect(await logs()).toMatchObject({ status: 503, body: { message: 'Conversation logs service not available' } })
  await sandbox.control.configure({ messages: 'success-only', logs: 'null', messagesCap: 1 })
  expect((await messages()).body).toEqual({ success: true })
  expect((await logs()).body).toEqual({ success: true, logs: null })
  await sandbox.control.configure({ messages: 'data', logs: 'documented', ignoresTargetOfUse: true })
  expect((await messages()).body).toMatchObject({ data: [{ toNumber: '+18005550142' }] })
  expect((await logs({ pageSize: '1' })).body).toMatchObject({ logs: [{ account_id: '70001' }] })
  await sandbox.control.configure({ ignoresTargetOfUse: false })
  expect(await logs({ targetAccountId: '200001' })).toMatchObject({ status: 403 })
})
