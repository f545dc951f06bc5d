import fc from 'fast-check'
import { type ApiClient, apiClient } from '../support/api-client.ts'
import { HOSTILE_BODIES, hostilePastes } from '../support/hostile-input.ts'
import { type Asked, type Asking, ask, ownHeaders, ROUTES } from '../support/raw-request.ts'
import type { AppProcess } from '../support/servers.ts'
import type { TestApp } from '../support/test-app.ts'
import { besideIdle, HOW_HELD, holdRow, longestHold } from './hold.ts'
import { probed, settledMb, withServers } from './measure.ts'
import { atMost, info, type Row, type Section } from './report.ts'

const SECONDS = 60
const AT_ONCE = 4
const MOST_GROWTH_MB = 20

interface Call extends Required<Pick<Asking, 'method' | 'headers'>> {
  path: string
  body: string | null
}

export const fuzzSection: Section = {
  name: 'fuzz',
  title: 'A minute of random requests',
  how:
    `For ${SECONDS} s, ${AT_ONCE} at once: bodies, paths, queries, headers and pasted texts that fast-check makes, also from what is valid, at every route, with a session and without one. ` +
    `A failure other than 502 and 503 with a code counts as wrong, and so does no answer. ${HOW_HELD} Memory is the heap after a garbage collection, before and after.`,
  run: () => withServers([], fuzz, probed('memory', 'loop')),
}

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('+12145550101', '100001', 'null', '\0', '\u202e', '%00', '../../', 'R-1', 'B-1', '1e999', '-1', ''),
)

const body = fc.oneof(
  fc.json({ maxDepth: 9 }),
  fc
    .dictionary(fc.constantFrom('number', 'accountId', 'note', 'text', 'token', 'returns', 'requestId', 'readAt'), word)
    .map((value) => JSON.stringify(value)),
  word,
  fc.constantFrom(...Object.values(HOSTILE_BODIES)),
  fc.constantFrom(...Object.values(hostilePastes(400_000))).map((text) => JSON.stringify({ text })),
)

/** What Node's client refuses to send can't be tried by it. */
const sendable = (text: string) => encodeURI(text.toWellFormed()).replaceAll('%25', '%')

/** Signing out would leave every later request without a session. */
const KNOWN = ROUTES.flatMap(({ path, reads, writes }) => {
  const methods = [...(reads ? ['GET', 'HEAD'] : []), ...writes]
  return methods.map((method) => ({ path, method }))
}).filter(({ path, method }) => path !== '/api/session' || method !== 'DELETE')
const PAGES = ['/', '/numbers', '/history', '/customers/8001', '/sign-in'].map((path) => ({ path, method: 'GET' }))

const known = fc.constantFrom(...KNOWN)

const place = fc.oneof(
  { weight: 8, arbitrary: known },
  fc.constantFrom(...PAGES),
  fc.tuple(known, word).map(([{ path, method }, text]) => ({ path: `${path}/${text}`, method })),
  fc
    .tuple(word, fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS'))
    .map(([text, method]) => ({ path: `/${text}`, method })),
)

const query = fc
  .array(fc.tuple(fc.constantFrom('search', 'cursor', 'limit', 'accountId', 'ids', 'format', 'x'), word), {
    maxLength: 3,
  })
  .map((pairs) => pairs.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&'))

const header = fc.tuple(
  fc.constantFrom(
    'x-forwarded-for',
    'x-middleware-subrequest',
    'accept',
    'range',
    'rsc',
    'next-action',
    'x-background',
  ),
  fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 200 }),
)

const call: fc.Arbitrary<Call> = fc
  .record({ place, query, headers: fc.array(header, { maxLength: 2 }), body })
  .map(({ place: { path, method }, query, headers, body }) => ({
    path: sendable(path) + (query && `?${query}`),
    method,
    headers: Object.fromEntries(headers),
    body: method === 'POST' ? body : null,
  }))

async function fuzz({ sandbox, app }: TestApp): Promise<Row[]> {
  const { client, first } = await firstRequests(app, sandbox.tokens.reseller)
  const wrong: string[] = []
  const statuses = new Map<number, number>()
  const send = async ({ path, method, headers, body }: Call, cookie: string | undefined) => {
    const asking = { method, headers: { ...ownHeaders(app.url, cookie), ...headers }, ...(body !== null && { body }) }
    const answer = await ask(app.url, path, asking).catch(() => null)
    if (answer) statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    if (!isRight(answer, method)) wrong.push(`${method} ${path.slice(0, 200)}: ${answer?.status ?? 'no answer'}`)
  }
  const seed = Date.now() % 0x7fffffff
  const calls = fc.sample(call, { numRuns: 20_000, seed })[Symbol.iterator]()
  const worker = async () => {
    for (const each of calls) {
      if (performance.now() > until) return
      await send(each, each.path.length % 4 === 0 ? undefined : client.cookie)
    }
  }
  const before = (await settledMb(app)).heap
  const until = performance.now() + SECONDS * 1000
  const workers = () => Promise.all(Array.from({ length: AT_ONCE }, worker))
  const { result: hold, control } = await besideIdle(() => longestHold(app, workers))
  const after = (await settledMb(app)).heap
  for (const each of wrong.slice(0, 20)) process.stdout.write(`${each}\n`)
  const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0)
  const counts = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  return [
    info('requests', String(sent), `Seed ${seed}. By status: ${counts.join(', ')}.`),
    atMost('wrong answers', wrong.length, 0, '', wrong[0]?.replace(/[^\x20-\x7e]/g, '?') ?? ''),
    first,
    holdRow('longest hold of the event loop', hold),
    control,
    atMost('memory that stays', after - before, MOST_GROWTH_MB, 'MB', `From ${before.toFixed(0)} MB.`),
  ]
}

/** Each route's first one, from the moment at which the app says that it is ready. */
async function firstRequests(app: AppProcess, token: string): Promise<{ client: ApiClient; first: Row }> {
  const { result, ...hold } = await longestHold(app, async () => {
    const client = await apiClient(app.url, token)
    const headers = ownHeaders(app.url, client.cookie)
    for (const { path, method } of [...PAGES, ...KNOWN])
      await ask(app.url, path, { method, headers, ...(method === 'POST' && { body: '{}' }) })
    await client.events()
    return client
  })
  return { client: result, first: holdRow('longest hold by the first request of each route', hold) }
}

function isRight(answer: Asked | null, method: string): boolean {
  if (!answer) return false
  if (answer.status < 500) return true
  return (answer.status === 502 || answer.status === 503) && (answer.code !== null || method === 'HEAD')
}
