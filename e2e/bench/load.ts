import net from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { apiClient } from '../support/api-client.ts'
import type { AppProcess } from '../support/servers.ts'
import { percentile, residentMb, timedScan, watchMemory, withServers } from './measure.ts'
import { atMost, info, type Row, type Section } from './report.ts'

const PEOPLE = 200
const SCANS = 20
const SIGN_INS = 40
const LATENCY_MS = 100
const SIZE = ['--organizations', '40', '--accounts', '10', '--numbers', '10', '--latency', String(LATENCY_MS)]
const ACCOUNTS = 400

export const loadSection: Section = {
  name: 'load',
  title: 'Two hundred people at once',
  how:
    `${PEOPLE} connections, each with an open stream of \`GET /api/numbers\`: ${SCANS} scans at a time (as many tokens; 400 accounts, 4,000 numbers, 100 ms an answer), each shared by ` +
    `${PEOPLE / SCANS} people. Signing in is limited to ${SIGN_INS} at once, so there are ${SIGN_INS} sessions and each cookie is used by ${PEOPLE / SIGN_INS} connections. ` +
    'Meanwhile `GET /api/session` is asked for ten times a second. Then one client sends a header byte every half second and another reads a stream at 1 byte a second.',
  run: () =>
    withServers(SIZE, async ({ sandbox, app }) => {
      const tokens = Array.from({ length: SCANS }, (_, index) => `${sandbox.tokens.reseller}~${index + 1}`)
      const cookies: string[] = []
      for (let index = 0; index < SIGN_INS; index++) {
        cookies.push((await apiClient(app.url, tokens[index % SCANS] ?? '')).cookie)
      }
      await sandbox.control.clearLog()
      const rows = await crowd(app, cookies)
      const { entries, maxConcurrency } = await sandbox.control.log()
      const begun = entries.filter(
        ({ path, query }) => path.endsWith('/listOrganizations') && query.active === undefined,
      )
      const seen = `As many lists were begun; at most ${maxConcurrency} requests at a time at the sandbox.`
      rows.push(info(`scans that Vida saw for ${PEOPLE} streams`, String(begun.length), seen))
      return [...rows, ...(await slowClients(app, cookies[0] ?? ''))]
    }),
}

async function crowd(app: AppProcess, cookies: readonly string[]): Promise<Row[]> {
  const before = residentMb(app.child.pid)
  const peak = watchMemory(app.child.pid)
  const stop = new AbortController()
  const asking = askSessions(app.url, cookies[0] ?? '', stop.signal)
  const begun = performance.now()
  const people = Array.from({ length: PEOPLE }, (_, index) =>
    timedScan(() => stream(app.url, cookies[index % cookies.length] ?? '')),
  )
  const results = await Promise.allSettled(people)
  const seconds = (performance.now() - begun) / 1000
  stop.abort()
  const { samples, errors } = await asking
  const whole = results.filter(
    (result) =>
      result.status === 'fulfilled' && result.value.done.complete && result.value.done.accountsRead === ACCOUNTS,
  )
  const middle = percentile(samples, 0.5).toFixed(0)
  return [
    atMost(
      `streams of ${PEOPLE} that did not end whole`,
      PEOPLE - whole.length,
      0,
      '',
      `${SCANS} scans in ${seconds.toFixed(1)} s, all at a time.`,
    ),
    atMost('failed requests of GET /api/session meanwhile', errors, 0, '', `Of ${samples.length + errors}.`),
    info(
      'GET /api/session meanwhile, p95',
      `${percentile(samples, 0.95).toFixed(0)} ms`,
      `Half of them ${middle} ms or less; the two cores also carry the sandbox and the ${PEOPLE} readers.`,
    ),
    info('memory growth meanwhile', `${(peak() - before).toFixed(0)} MB`, `From ${before.toFixed(0)} MB.`),
  ]
}

/** One client sends headers slowly, another reads slowly: neither may delay others. */
async function slowClients(app: AppProcess, cookie: string): Promise<Row[]> {
  const { hostname, port } = new URL(app.url)
  const dripper = net.connect(Number(port), hostname)
  const begun = performance.now()
  const drip = setInterval(() => dripper.write('x'), 500)
  const cutOff = new Promise<number>((resolve) => dripper.once('close', () => resolve(performance.now() - begun)))
  dripper.on('error', () => {})
  // An unread 408 would delay the end of the connection.
  dripper.resume()
  dripper.write(`GET /api/session HTTP/1.1\r\nHost: ${hostname}:${port}\r\nX-Slow: `)

  const sluggish = net.connect(Number(port), hostname)
  sluggish.on('error', () => {})
  sluggish.write(`GET /api/numbers HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\n\r\n`)
  sluggish.pause()
  const sip = setInterval(() => sluggish.read(1), 1_000)

  const stop = new AbortController()
  const asking = askSessions(app.url, cookie, stop.signal)
  const scan = await timedScan(() => stream(app.url, cookie))
  const cut = await Promise.race([cutOff, delay(35_000, null)])
  stop.abort()
  const { samples, errors } = await asking
  clearInterval(drip)
  clearInterval(sip)
  dripper.destroy()
  sluggish.destroy()
  return [
    atMost(
      'failed requests beside a dripping and a sluggish client',
      errors,
      0,
      '',
      `Of ${samples.length + errors}; p95 ${percentile(samples, 0.95).toFixed(0)} ms.`,
    ),
    atMost(
      'a scan beside them that did not end whole',
      scan.done.complete ? 0 : 1,
      0,
      '',
      `It took ${(scan.ms / 1000).toFixed(1)} s. These 0.5 MB fit into the system’s socket buffers, so the sluggish reader does not press back on the server; unit tests cover that.`,
    ),
    atMost('the client that drips headers is cut off after', (cut ?? Number.POSITIVE_INFINITY) / 1000, 30, 's'),
  ]
}

/** Asks who is signed in ten times a second until the signal, for five minutes at most. */
async function askSessions(
  url: string,
  cookie: string,
  signal: AbortSignal,
): Promise<{ samples: number[]; errors: number }> {
  const askOnce = async () => {
    const begun = performance.now()
    const response = await fetch(`${url}/api/session`, { headers: { cookie }, signal: AbortSignal.timeout(20_000) })
    await response.arrayBuffer()
    return response.ok ? performance.now() - begun : null
  }
  const asked: Promise<number | null>[] = []
  for (let turn = 0; turn < 3_000 && !signal.aborted; turn++) {
    asked.push(askOnce().catch(() => null))
    await delay(100)
  }
  const results = await Promise.all(asked)
  const samples = results.filter((ms) => ms !== null)
  return { samples, errors: results.length - samples.length }
}

/** A stream on a connection of its own: fetch opens one where all others are busy. */
function stream(url: string, cookie: string): Promise<Response> {
  return fetch(`${url}/api/numbers`, { headers: { cookie }, signal: AbortSignal.timeout(120_000) })
}
