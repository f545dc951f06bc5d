import { type BatchBody, batchOf, foldedHistory, goneAt, type HistoryBody } from '../support/history.ts'
import { ask, ownHeaders } from '../support/raw-request.ts'
import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK, type RecordBody } from '../support/returns.ts'

const [first, second, third, fourth] = FRONT_DESK
const placesOf = (ids: readonly string[]) => ids.map((id) => id.slice(2))

test('a batch stands for its returns in its place in time, and the plain list is as it was', async ({ api }) => {
  const { client } = api
  const { body: before } = await api.confirm(first)
  const batch = await batchOf(client, [second, third], 'leaving')
  const { body: after } = await api.confirm(fourth)

  const page = await foldedHistory(client)
  expect(page.returns.map(({ receiptId }) => receiptId)).toEqual([after.receiptId, before.receiptId])
  expect(page.batches).toMatchObject([
    { id: batch, state: 'ended', reason: 'finished', note: 'leaving', total: 2, counts: { returned: 2, waiting: 0 } },
  ])
  expect(page.batches[0]).not.toHaveProperty('items')
  expect(placesOf([String(after.receiptId), batch, String(before.receiptId)])).toEqual(
    placesOf([String(after.receiptId), batch, String(before.receiptId)])
      .sort()
      .reverse(),
  )

  const plain = await client.get<HistoryBody>('/api/returns')
  expect(Object.keys(plain.body).sort()).toEqual(['nextCursor', 'returns', 'unknownCount'])
  expect(plain.body.returns.map(({ number }) => number).sort()).toEqual(FRONT_DESK.map(({ number }) => number))
})

test('one cursor goes over returns and batches together, each once', async ({ api }) => {
  const { client } = api
  const written: string[] = []
  for (let index = 0; index < 9; index += 1) {
    if (index % 3 === 1) written.unshift(await batchOf(client, [goneAt(index), goneAt(100 + index)]))
    else written.unshift(String((await api.confirm(goneAt(index))).body.receiptId))
  }
  const read: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: HistoryBody = await foldedHistory(client, `&limit=2${cursor && `&cursor=${cursor}`}`)
    const ids = [...page.returns.map(({ receiptId }) => receiptId), ...page.batches.map(({ id }) => id)]
    expect(ids.length).toBe(page.nextCursor === null ? 1 : 2)
    read.push(...ids.sort((one, other) => (one.slice(2) < other.slice(2) ? 1 : -1)))
    cursor = page.nextCursor
  }
  expect(read).toEqual(written)
})

test('who looks for certain returns gets those of a batch by themselves', async ({ api }) => {
  const { client } = api
  const batch = await batchOf(client, [first, goneAt(1), goneAt(2)])
  await api.confirm(second)
  for (const [query, count] of [
    [`&search=${encodeURIComponent(first.number)}`, 1],
    ['&outcome=already_gone', 2],
    [`&search=${batch.toLowerCase()}`, 3],
    [`&batchId=${batch}`, 3],
    ['&outcome=already_gone&organizationId=8001', 2],
  ] as const) {
    const { returns, batches } = await foldedHistory(client, query)
    expect(batches, query).toEqual([])
    expect(returns.length, query).toBe(count)
    expect(new Set(returns.map(({ batchId }) => batchId)), query).toEqual(new Set([batch]))
  }
  const day = encodeURIComponent(new Date(Date.now() - 60_000).toISOString())
  expect((await foldedHistory(client, `&from=${day}`)).batches).toHaveLength(1)
  expect(await foldedHistory(client, `&to=${day}`)).toMatchObject({ returns: [], batches: [] })
})

test('who looks for a customer gets the returns of its numbers alone, also those of a batch', async ({ api }) => {
  const { client } = api
  await batchOf(client, [first, goneAt(1)])
  await api.confirm(second)
  await api.confirm({ number: '+17135550101', accountId: '100006' })
  const numbersOf = async (organizationId: string) => {
    const { returns, batches } = await foldedHistory(client, `&organizationId=${organizationId}`)
    expect(batches).toEqual([])
    return returns.map(({ number }) => number).sort()
  }
  expect(await numbersOf('8001')).toEqual([first.number, second.number, goneAt(1).number])
  expect(await numbersOf('8002')).toEqual(['+17135550101'])
  expect(await numbersOf('800')).toEqual([])
  const csv = await (await client.raw('/api/returns?format=csv&organizationId=8002')).text()
  expect(csv).toContain('+17135550101')
  expect(csv).not.toContain(first.number)
  for (const id of ['0', '%00', 'a%2Fb', 'x'.repeat(65)]) {
    expectProblem(await client.get(`/api/returns?organizationId=${id}`), 400, 'malformed', id)
  }
})

test('a batch none of whose numbers left a receipt is in the history all the same', async ({ api }) => {
  const { client } = api
  const held = await client.post<{ receiptId: string }>('/api/numbers/return', { ...first, holdSeconds: 60 })
  const batch = await batchOf(client, [first])
  await client.post(`/api/returns/${held.body.receiptId}/undo`, {})
  expect(await foldedHistory(client)).toMatchObject({
    returns: [{ receiptId: held.body.receiptId }],
    batches: [{ id: batch, total: 1, counts: { not_sent: 1 } }],
    nextCursor: null,
  })
})

test('one receipt has an address of its own, for its own account alone', async ({ app, api, openApi, sandbox }) => {
  const { client } = api
  const receiptId = String((await api.confirm(first, 'T-17')).body.receiptId)
  const path = `/api/returns/${receiptId}`
  const [listed] = await api.records()
  const { status, body, headers } = await client.get<RecordBody>(path)
  expect([status, body]).toEqual([200, listed])
  expect(headers.get('cache-control')).toMatch(/private.*no-store/)

  const stranger = (await openApi(sandbox.tokens.otherReseller)).client
  for (const [who, where] of [
    [stranger, path],
    [client, '/api/returns/R-1JD3K8Q2M-7XK2P9QWE4RT'],
    [client, `/api/returns/${receiptId.toLowerCase()}`],
    [client, '/api/returns/%E2%80%AE'],
    [client, `/api/returns/${'R-1'.repeat(100)}`],
  ] as const) {
    const answer = await who.get<{ code: string }>(where)
    expectProblem(answer, 404, 'no_receipt', where)
    expect(JSON.stringify(answer.body)).not.toMatch(/Front desk|T-17|\+1214/)
  }
  const signedOut = await ask(app.url, path)
  expect([signedOut.status, signedOut.code]).toEqual([401, 'signed_out'])
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await ask(app.url, path, { method, headers: ownHeaders(app.url, client.cookie), body: '{}' })
    expect([answer.status, answer.headers.allow], method).toEqual([405, 'GET, HEAD'])
  }
})

test('a receipt that is not there can neither be checked nor marked, and says so', async ({ api }) => {
  const { client } = api
  for (const path of ['R-1JD3K8Q2M-7XK2P9QWE4RT/check', 'R-1/mark', '%E2%80%AE/check']) {
    expectProblem(await client.post(`/api/returns/${path}`, {}), 404, 'no_receipt', path)
  }
})

test('a page that watches batches asks for those alone, and gets its own account’s', async ({
  api,
  openApi,
  sandbox,
}) => {
  const { client } = api
  const [one, two] = [await batchOf(client, [goneAt(1)]), await batchOf(client, [goneAt(2)])]
  const stranger = (await openApi(sandbox.tokens.otherReseller)).client
  const idsOf = async (who: typeof client, query: string) =>
    (await who.get<{ batches: BatchBody[] }>(`/api/batches${query}`)).body.batches.map(({ id }) => id)
  expect(await idsOf(client, '')).toEqual([two, one])
  expect(await idsOf(client, `?ids=${one}`)).toEqual([one])
  expect(await idsOf(client, `?ids=${one},B-1,${two}`)).toEqual([two, one])
  expect(await idsOf(stranger, `?ids=${one}`)).toEqual([])
  const many = Array.from({ length: 51 }, (_, index) => `B-${index}`)
  for (const ids of ['', '%00', `${one},`, many.join(',')]) {
    expectProblem(await client.get(`/api/batches?ids=${ids}`), 400, 'malformed', ids)
  }
})

test('a folding or a cursor that this app does not know is malformed', async ({ api }) => {
  const { client } = api
  for (const query of ['batches=open', 'batches=folded&batches=folded', 'batches=folded&cursor=Ui0x']) {
    expectProblem(await client.get(`/api/returns?${query}`), 400, 'malformed', query)
  }
})
