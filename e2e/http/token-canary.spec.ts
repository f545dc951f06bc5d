import { createServer } from 'node:http'
import { join } from 'node:path'
import { findToken, formsOf, quote, ResponseLog, recordEverything } from '../support/canary.ts'
import { expect, test } from '../support/fixtures.ts'
import { ask, ownHeaders } from '../support/raw-request.ts'
import type { Answer, Effect } from '../vida-sandbox/faults.ts'

test.use({ sharedApp: 'returns' })

/** Every character of it is one that an encoding changes. */
const CANARY = 'c4n4ry+/=%"~<&>{}$x'

function faultsThatQuote(token: string): Effect[] {
  const message = quote(token)
  const statuses = [400, 403, 404, 409, 418, 422, 429, 500, 503]
  const answers: Answer[] = [
    ...statuses.map((status): Answer => ({ kind: 'status', status, message })),
    { kind: 'status', status: 500, text: `<a href="/x?token=${token}">${message}</a>`, contentType: 'text/html' },
    { kind: 'status', status: 200, body: { success: true, phoneNumbers: [{ number: message, label: message }] } },
    {
      kind: 'status',
      status: 200,
      body: { success: true, phoneNumbers: [{ number: '+12145550199', label: message, provider: token }] },
    },
    { kind: 'status', status: 200, body: message },
    { kind: 'success-false', message },
    { kind: 'success-false', message: `${'x'.repeat(480)} ${token}` },
    { kind: 'redirect', status: 302, location: `http://127.0.0.1:9/?token=${token}` },
    { kind: 'html' },
    { kind: 'empty' },
    { kind: 'without-success' },
    { kind: 'malformed' },
    { kind: 'truncated', by: 'connection' },
    { kind: 'truncated', by: 'body' },
    { kind: 'drop' },
    { kind: 'drop', how: 'close' },
    { kind: 'stale-keep-alive' },
    { kind: 'huge', megabytes: 11 },
    { kind: 'endless' },
  ]
  return [
    ...answers.map((answer): Effect => ({ answer })),
    { variant: { numbersShape: 'other-key' } },
    { variant: { numbersShape: 'null' } },
  ]
}

test('the token is in nothing that leaves the server or stays on its disk, whatever Vida answers', async ({
  app,
  sandbox,
  dataDir,
  signIn,
}) => {
  const token = sandbox.tokens.reseller
  const client = await signIn()
  const responses = new ResponseLog()
  const post = (path: string, body: unknown) =>
    client.raw(path, { method: 'POST', headers: ownHeaders(app.url), body: JSON.stringify(body) })
  await responses.record('a scan without faults', await client.raw('/api/numbers'))

  const effects = faultsThatQuote(token)
  const numbers = await sandbox.control.numbers()
  const subjects = [...Map.groupBy(numbers, ({ accountId }) => accountId)].filter(([id]) => id.startsWith('1000'))
  expect(subjects.length).toBeGreaterThan(effects.length)
  for (const [index, effect] of effects.entries()) {
    const [accountId, held = []] = subjects[index] ?? []
    if (!accountId) continue
    // Its reads fail, one of its returns is answered crookedly, and so is that return when reads work.
    await sandbox.control.fault({ match: { path: 'phoneNumbers', targetAccountId: accountId }, effect, times: 6 })
    for (const { number } of held)
      await sandbox.control.fault({ match: { path: 'phoneNumber/return', number }, effect })
  }
  const each = subjects.slice(0, effects.length).map(async ([accountId, held], index) => {
    const name = JSON.stringify(effects[index]).slice(0, 60)
    await responses.record(`read: ${name}`, await client.raw(`/api/numbers?accountId=${accountId}`))
    for (const { number } of held.slice(0, 2)) {
      await responses.record(
        `return: ${name}`,
        await post('/api/numbers/return', { number, accountId, note: 'canary' }),
      )
    }
  })
  await Promise.all(each)
  await responses.record('a scan with faults', await client.raw('/api/numbers'))
  for (const [index, effect] of effects.entries()) {
    const [targetAccountId = ''] = subjects[index] ?? []
    await sandbox.control.fault({ match: { path: 'messages/recent', targetAccountId }, effect, times: 3 })
  }
  const asked = subjects.slice(0, effects.length).map(([accountId]) => accountId)
  await responses.record('a reading of use with faults', await post('/api/use', { accountIds: asked }))
  await recordEverything(responses, client, 'after faults')

  expect(responses.texts.size).toBeGreaterThan(60)
  const returned = [...responses.texts].filter(([name]) => name.startsWith('return: '))
  expect(
    returned.some(([, text]) => text.includes('"outcome":"refused"')),
    'some answer of Vida’s was told',
  ).toBe(true)
  responses.texts.set('what the server printed', app.output())
  expect(findToken(token, responses.texts, [join(dataDir, 'data'), '.next'])).toEqual([])
})

test.describe('with tries to sign in that are counted', () => {
  test.use({ sharedApp: null })

  test('a token full of characters that encodings change does not get through a refused or failed sign-in either', async ({
    app,
    sandbox,
    dataDir,
  }) => {
    const responses = new ResponseLog()
    const body = JSON.stringify({ token: CANARY })
    const effects = faultsThatQuote(CANARY)
    effects.push({ answer: { kind: 'status', status: 401, message: quote(CANARY) } })
    for (const [index, effect] of effects.entries()) {
      if (effect.answer?.kind === 'status' && effect.answer.status === 429) continue
      await sandbox.control.clearFaults()
      await sandbox.control.fault({ match: { path: '/api/v2/account' }, effect })
      const response = await fetch(`${app.url}/api/session`, { method: 'POST', headers: ownHeaders(app.url), body })
      expect([400, 401, 502, 503], JSON.stringify(effect).slice(0, 80)).toContain(response.status)
      expect(response.headers.get('set-cookie')).toBeNull()
      await responses.record(`sign-in ${index}`, response)
    }
    await sandbox.control.clearFaults()
    const account = { id: 70001, accountType: 'reseller', resellerId: 70001, name: quote(CANARY) }
    await sandbox.control.fault({
      match: { path: '/api/v2/account' },
      effect: { answer: { kind: 'status', status: 200, body: account } },
    })
    const organizations = [{ id: 8001, name: CANARY, orgName: quote(CANARY) }]
    await sandbox.control.fault({
      match: { path: 'listOrganizations' },
      effect: { answer: { kind: 'status', status: 200, body: { organizations } } },
    })
    await sandbox.control.fault({ effect: { answer: { kind: 'status', status: 500, message: quote(CANARY) } } })
    const response = await fetch(`${app.url}/api/session`, { method: 'POST', headers: ownHeaders(app.url), body })
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    await responses.record('signed in', response)
    for (const path of ['/api/numbers', '/numbers', '/history', '/customers/8001', '/api/session', '/api/inventory'])
      await responses.record(path, await fetch(app.url + path, { headers: { cookie } }))
    responses.texts.set('what the server printed', app.output())
    expect(findToken(CANARY, responses.texts, [join(dataDir, 'data')])).toEqual([])
  })
})

/** Vida accepts and says nothing, or too little: for a read, a sign-in and a return each. */
const SILENCES = [
  { answer: { kind: 'hang' }, read: '100001', returns: '100002', role: 'partner', outcome: 'unknown' },
  {
    answer: { kind: 'drip', everyMs: 2_000 },
    read: '100003',
    returns: '100004',
    role: 'organization',
    outcome: 'returned',
  },
] as const

test('the token is in nothing either while Vida accepts and never answers or drips, and once the app has given up', async ({
  app,
  sandbox: { control, tokens },
  dataDir,
  signIn,
}) => {
  test.setTimeout(90_000)
  const client = await signIn()
  const responses = new ResponseLog()
  await responses.record('a scan without faults', await client.raw('/api/numbers'))
  const numbers = await control.numbers()
  const post = (path: string, cookie: string | undefined, body: unknown) =>
    fetch(app.url + path, { method: 'POST', headers: ownHeaders(app.url, cookie), body: JSON.stringify(body) })
  const silences = SILENCES.map(async ({ answer, read, returns, role, outcome }, index) => {
    const { kind } = answer
    await control.addNumber(`+1214555019${index}`, read, { label: quote(tokens.reseller) })
    for (const match of [
      { path: 'phoneNumbers', targetAccountId: read },
      { path: '/api/v2/account', tokenRole: role },
    ]) {
      // Two attempts that fail at once, so that the time-out of the third is what is told.
      await control.fault({ match, times: 2, effect: { answer: { kind: 'drop' } } })
      await control.fault({ match, times: 1, effect: { answer } })
    }
    const number = numbers.find(({ accountId }) => accountId === returns)?.number ?? 'none'
    await control.fault({ match: { path: 'phoneNumber/return', number }, effect: { answer } })
    const told = await Promise.all([
      client.raw(`/api/numbers?accountId=${read}`).then((answered) => responses.record(`read: ${kind}`, answered)),
      post('/api/session', undefined, { token: tokens[role] }).then((answered) =>
        responses.record(`sign-in: ${kind}`, answered),
      ),
      post('/api/numbers/return', client.cookie, { number, accountId: returns, note: null }).then((answered) =>
        responses.record(`return: ${kind}`, answered),
      ),
    ])
    const words = ['"code":"read_timed_out"', '"code":"vida_unreachable"', `"outcome":"${outcome}"`]
    for (const [at, word] of words.entries()) expect(told[at], kind).toContain(word)
  })
  for (const path of ['phoneNumbers', '/api/v2/account', 'phoneNumber/return'])
    for (const status of ['hung', 200] as const) await control.waitFor({ path, status, settled: false })
  await recordEverything(responses, client, 'while Vida is silent')
  await Promise.all(silences)
  await recordEverything(responses, client, 'afterwards')

  responses.texts.set('what the server printed', app.output())
  for (const token of [tokens.reseller, tokens.partner, tokens.organization])
    expect(findToken(token, responses.texts, [join(dataDir, 'data'), '.next'])).toEqual([])
})

test('redirects of Vida’s are not followed: the place they name hears nothing', async ({ app, sandbox, signIn }) => {
  const heard: string[] = []
  const thief = createServer((request, response) => {
    heard.push(request.url ?? '')
    response.end('{"id":1}')
  })
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve))
  const address = thief.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    const client = await signIn()
    for (const status of [301, 302, 303, 307, 308]) {
      await sandbox.control.clearFaults()
      await sandbox.control.fault({
        effect: { answer: { kind: 'redirect', status, location: `http://127.0.0.1:${port}/steal` } },
      })
      const body = JSON.stringify({ token: sandbox.tokens.reseller })
      const tried = await ask(app.url, '/api/session', { method: 'POST', headers: ownHeaders(app.url), body })
      expect([tried.status, tried.code], String(status)).toEqual([502, 'vida_not_understood'])
      expect((await client.events()).at(-1)).toMatchObject({ type: 'done', complete: false })
      const returned = await client.post<{ outcome?: string }>('/api/numbers/return', {
        number: '+12145550101',
        accountId: null,
      })
      expect(returned.body.outcome ?? 'nothing sent').not.toBe('returned')
    }
    expect(heard).toEqual([])
  } finally {
    thief.close()
  }
})

test('the forms that are looked for are found where they stand', () => {
  const token = 'c4n4ry+/=%"~x'
  const places = [
    token,
    encodeURIComponent(token),
    Buffer.from(`a${token}`).toString('base64'),
    Buffer.from(`ab${token}!`).toString('base64url'),
    quote(token),
  ]
  const texts = new Map(places.map((place, index) => [String(index), `before ${place} after`]))
  expect(findToken(token, texts, [])).toEqual(['0', '1', '2', '3', '4'])
  expect(formsOf(token).every((form) => form.length > 8)).toBe(true)
})
