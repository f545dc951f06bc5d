import type { ApiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'

interface Line {
  type: string
  calls?: number
  report?: { verdict: string; calls: number; isProduction: boolean; endpoints: { name: string; understood: string }[] }
}

const WHO = { path: 'account' }
const WAIT = { match: WHO, times: 1, effect: { waitBeforeWork: true } } as const

function ask(client: ApiClient, signal?: AbortSignal): Promise<Response> {
  const headers = { origin: client.url, 'content-type': 'application/json' }
  return client.raw('/api/diagnosis', { method: 'POST', headers, body: '{}', signal: signal ?? null })
}

async function diagnosed(client: ApiClient): Promise<{ text: string; lines: Line[] }> {
  const answer = await ask(client)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
  const text = await answer.text()
  const lines = text
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line))
  return { text, lines }
}

test('a diagnosis tells each call and ends with a report, reads only, and shows no number, id, name or token', async ({
  signIn,
  sandbox,
}) => {
  const client = await signIn()
  await sandbox.control.clearLog()
  const { text, lines } = await diagnosed(client)
  const report = lines.at(-1)?.report
  expect(report).toMatchObject({ verdict: 'ready', isProduction: false })
  expect(lines.slice(0, -1).map(({ calls }) => calls)).toEqual(
    Array.from({ length: report?.calls ?? 0 }, (_, n) => n + 1),
  )
  expect(report?.endpoints.find(({ name }) => name === 'numbers')?.understood).toBe('yes')
  const { entries } = await sandbox.control.log()
  expect(entries).toHaveLength(report?.calls ?? 0)
  expect(new Set(entries.map(({ method }) => method))).toEqual(new Set(['GET']))
  for (const value of [/\+1\d{10}/, /1000\d\d/, /70001/, /Northwind/, /Alder/]) expect(text).not.toMatch(value)
  expect(text).not.toContain(sandbox.tokens.reseller)
})

test('one diagnosis at a time for a token, and another token has its own', async ({
  signIn,
  sandbox: { control, tokens },
}) => {
  const client = await signIn()
  const other = await signIn(tokens.otherReseller)
  await control.clearLog()
  const rule = await control.fault(WAIT)
  const running = diagnosed(client)
  await control.waitFor(WHO)
  const refused = await client.post<{ code: string }>('/api/diagnosis', {})
  expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests'])
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
  expect((await diagnosed(other)).lines.at(-1)?.type).toBe('report')
  await control.release(rule)
  expect((await running).lines.at(-1)?.type).toBe('report')
  expect((await diagnosed(client)).lines.at(-1)?.type).toBe('report')
})

test('a diagnosis whose reader left asks nothing more, and another one may begin', async ({
  signIn,
  sandbox: { control },
}) => {
  const client = await signIn()
  await control.clearLog()
  const rule = await control.fault(WAIT)
  const leave = new AbortController()
  const left = ask(client, leave.signal)
  await control.waitFor(WHO)
  leave.abort()
  await left.catch(() => undefined)
  await control.release(rule)
  await expect.poll(async () => (await ask(client)).status).toBe(200)
})
