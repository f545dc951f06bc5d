import { join } from 'node:path'
import { apiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { type BatchBody, batchThatIs, begin } from '../support/history.ts'
import { answerOnly, placesIn, postsIn, RETURN, sentNumbers } from '../support/returns.ts'
import { startApp } from '../support/servers.ts'

test.use({ sharedApp: 'returns' })

test('a batch returns each number once, each with its own receipt, and ends as finished', async ({
  signIn,
  sandbox,
}) => {
  const client = await signIn()
  const returns = await placesIn(sandbox.control, 20)
  const batch = await batchThatIs(client, await begin(client, returns, 'leaving'), 'ended')
  expect(batch).toMatchObject({ reason: 'finished', total: 20, counts: { returned: 20, waiting: 0 } })
  expect(new Set(batch.items.map(({ receiptId }) => receiptId)).size).toBe(20)
  expect((await sentNumbers(sandbox.control)).sort()).toEqual(returns.map(({ number }) => number).sort())
  const history = await client.get<{ returns: { batchId: string; note: string }[] }>(`/api/returns?batchId=${batch.id}`)
  expect(history.body.returns).toHaveLength(20)
  expect(history.body.returns.every(({ note }) => note === 'leaving')).toBe(true)
})

test('never more than RETURN_CONCURRENCY returns of a batch are under way', async ({ signIn, sandbox }) => {
  const client = await signIn()
  const waiting = await sandbox.control.fault({ match: RETURN, times: 2, effect: { waitAfterWork: true } })
  await sandbox.control.fault({ match: RETURN, effect: { delayAfterWorkMs: 30 } })
  const id = await begin(client, await placesIn(sandbox.control, 12))
  await sandbox.control.waitFor(RETURN, 2)
  await sandbox.control.release(waiting)
  await batchThatIs(client, id, 'ended')
  // Reads of other numbers may be under way beside them; of returns there are two, and there really are two.
  const returns = await postsIn(sandbox.control)
  expect(returns).toHaveLength(12)
  expect(Math.max(...returns.map(({ alikeUnderWay }) => alikeUnderWay))).toBe(2)
})

test('a refusal, an unknown and a 429 each keep their own outcome, and the others go on', async ({
  signIn,
  sandbox,
}) => {
  const client = await signIn()
  const returns = await placesIn(sandbox.control, 10)
  const numberAt = (index: number) => String(returns[index]?.number)
  const [refused, unclear, busy] = [numberAt(1), numberAt(4), numberAt(7)]
  await sandbox.control.fault({
    match: { ...RETURN, number: refused },
    effect: { answer: { kind: 'success-false', message: 'Port pending' } },
  })
  await sandbox.control.fault({
    match: { ...RETURN, number: unclear },
    effect: { work: 'never', answer: { kind: 'status', status: 500 } },
  })
  await sandbox.control.fault({
    match: { ...RETURN, number: busy },
    effect: { answer: { kind: 'status', status: 429, headers: { 'retry-after': '1' } } },
  })
  const batch = await batchThatIs(client, await begin(client, returns, 'leaving'), 'ended')
  expect(batch.counts).toMatchObject({ returned: 7, refused: 2, unknown: 1 })
  expect(batch.items.find(({ number }) => number === refused)).toMatchObject({
    outcome: 'refused',
    message: 'Port pending',
  })
})

test('three unknown ones in a row pause the batch with the reason, and Continue takes up the rest', async ({
  signIn,
  sandbox,
}) => {
  test.slow()
  const client = await signIn()
  await sandbox.control.fault({
    match: RETURN,
    times: 4,
    effect: { work: 'never', answer: { kind: 'status', status: 503 } },
  })
  const id = await begin(client, await placesIn(sandbox.control, 12))
  const paused = await batchThatIs(client, id, 'paused')
  expect(paused.reason).toBe('three_in_a_row')
  expect(paused.counts.waiting).toBeGreaterThan(5)
  expect((await client.post<BatchBody>(`/api/batches/${id}/continue`, {})).body.state).toBe('running')
  const ended = await batchThatIs(client, id, 'ended')
  expect(ended.counts.waiting).toBe(0)
  expect(new Set(await sentNumbers(sandbox.control)).size).toBe((await sentNumbers(sandbox.control)).length)
})

test('Stop lets those under way finish and sends no more', async ({ signIn, sandbox }) => {
  const client = await signIn()
  const waiting = await answerOnly(sandbox.control, 2)
  const id = await begin(client, await placesIn(sandbox.control, 30))
  await sandbox.control.waitFor(RETURN, 4)
  expect((await client.post<BatchBody>(`/api/batches/${id}/stop`, {})).body.state).toBe('stopping')
  await sandbox.control.release(waiting)
  const batch = await batchThatIs(client, id, 'ended')
  expect(batch.reason).toBe('stopped')
  expect(batch.counts).toMatchObject({ returned: 4, not_sent: 26 })
  expect(await sentNumbers(sandbox.control)).toHaveLength(4)
})

test('signing out half-way finishes those under way and leaves the rest as not sent', async ({ signIn, sandbox }) => {
  const client = await signIn()
  const waiting = await answerOnly(sandbox.control, 2)
  const id = await begin(client, await placesIn(sandbox.control, 30))
  await sandbox.control.waitFor(RETURN, 4)
  await client.signOut()
  await sandbox.control.release(waiting)
  const again = await signIn()
  const batch = await batchThatIs(again, id, 'ended')
  expect(batch.reason).toBe('signed_out')
  expect(batch.counts).toMatchObject({ returned: 4, not_sent: 26 })
  expect(await sentNumbers(sandbox.control)).toHaveLength(4)
})

test('a token that Vida refuses half-way stops the batch and keeps the rest as not sent', async ({
  signIn,
  sandbox,
}) => {
  const client = await signIn()
  const waiting = await answerOnly(sandbox.control, 2)
  const id = await begin(client, await placesIn(sandbox.control, 30))
  await sandbox.control.waitFor(RETURN, 4)
  await sandbox.control.configure({ revoked: ['reseller'] })
  await sandbox.control.release(waiting)
  await expect.poll(async () => (await client.get('/api/session')).status).toBe(401)
  await sandbox.control.configure({ revoked: [] })
  const batch = await batchThatIs(await signIn(), id, 'ended')
  expect(batch.reason).toBe('signed_out')
  expect(batch.counts.not_sent).toBeGreaterThan(10)
})

test('two batches with overlapping numbers send no number twice', async ({ signIn, sandbox }) => {
  const [one, two] = [await signIn(), await signIn()]
  const returns = await placesIn(sandbox.control, 24)
  await sandbox.control.fault({ match: RETURN, effect: { delayAfterWorkMs: 20, work: 'now' } })
  const ids = await Promise.all([begin(one, returns.slice(0, 16)), begin(two, returns.slice(8).reverse())])
  for (const id of ids) await batchThatIs(one, id, 'ended')
  const sent = await sentNumbers(sandbox.control)
  expect(new Set(sent).size).toBe(sent.length)
  expect(sent).toHaveLength(24)
})

test('a batch over the cap, with a number twice, or with a foreign account is refused whole', async ({
  signIn,
  sandbox,
}) => {
  const client = await signIn()
  const [first] = await placesIn(sandbox.control, 1)
  const post = async (returns: unknown[]) =>
    (await client.post<{ code: string }>('/api/batches', { returns, note: null })).body.code
  expect(await post([])).toBe('batch_size')
  expect(await post([first, first])).toBe('number_twice')
  expect(await post([first, { number: '+13035550101', accountId: '200001' }])).toBe('foreign_account')
  expect(await post([first, { number: '12145550101', accountId: '100001' }])).toBe('invalid_number')
  const many = Array.from({ length: 501 }, (_, index) => ({
    number: `+1214556${String(index).padStart(4, '0')}`,
    accountId: '100001',
  }))
  expect(await post(many)).toBe('batch_size')
  expect(await sentNumbers(sandbox.control)).toEqual([])
})

test('an organization’s or agent’s token starts no batch', async ({ signIn, sandbox }) => {
  const client = await signIn(sandbox.tokens.organization)
  const answer = await client.post<{ code: string }>('/api/batches', {
    returns: await placesIn(sandbox.control, 2),
    note: null,
  })
  expect([answer.status, answer.body.code]).toEqual([403, 'not_allowed'])
})

test('another account does not see the batch, nor stop it', async ({ signIn, sandbox }) => {
  const client = await signIn()
  const id = await begin(client, await placesIn(sandbox.control, 3))
  const other = await signIn(sandbox.tokens.otherReseller)
  expect((await other.get(`/api/batches/${id}`)).status).toBe(404)
  expect((await other.post(`/api/batches/${id}/stop`, {})).status).toBe(404)
  expect((await other.get<{ batches: unknown[] }>('/api/batches')).body.batches).toEqual([])
})

test('the CSV of a batch has a line for every number, sent or not', async ({ signIn, sandbox }) => {
  const client = await signIn()
  const id = await begin(client, await placesIn(sandbox.control, 5))
  await batchThatIs(client, id, 'ended')
  const csv = await client.get<string>(`/api/batches/${id}?format=csv`)
  expect(csv.headers.get('content-disposition')).toContain(`${id}.csv`)
  expect(csv.body.trim().split('\r\n')).toHaveLength(6)
})

test.describe('a batch of 100 whose server is killed', () => {
  test.use({ sharedApp: null })

  test('five times at random moments sends each number at most once, and Continue finishes it', async ({
    sandbox,
    dataDir,
  }) => {
    test.setTimeout(240_000)
    const env = { VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data'), RETURN_CONCURRENCY: '2' }
    await sandbox.control.reset({ size: { organizations: 5, accountsPerOrganization: 5, numbersPerAccount: 4 } })
    await sandbox.control.fault({ match: RETURN, effect: { delayAfterWorkMs: 15, work: 'now' } })
    const returns = (await sandbox.control.numbers())
      .filter(({ accountId }) => accountId.startsWith('1000'))
      .slice(0, 100)
      .map(({ number, accountId }) => ({ number, accountId }))
    let app = await startApp(env)
    let client = await apiClient(app.url, sandbox.tokens.reseller)
    const id = await begin(client, returns)
    for (let kill = 1; kill <= 5; kill += 1) {
      const before = (await sentNumbers(sandbox.control)).length
      if (before < 100)
        await sandbox.control.waitFor(RETURN, Math.min(100, before + 1 + Math.floor(Math.random() * 12)))
      await app.kill()
      app = await startApp(env)
      client = await apiClient(app.url, sandbox.tokens.reseller)
      await batchThatIs(client, id, 'paused', 'ended')
      await client.post(`/api/batches/${id}/continue`, {})
    }
    const batch = await batchThatIs(client, id, 'ended')
    const sent = await sentNumbers(sandbox.control)
    expect(new Set(sent).size).toBe(sent.length)
    expect(batch.counts.waiting).toBe(0)
    for (const { number, outcome, message, receiptId } of batch.items)
      if (outcome === 'not_sent') expect(receiptId ?? message, `why ${number} was not sent`).not.toBeNull()
    expect(sent.length).toBeGreaterThanOrEqual(100 - 10)
    await app.stop()
  })
})
