import { chromium } from '@playwright/test'
import { apiClient } from '../support/api-client.ts'
import { browserFlags, findBrowser } from '../support/browser.ts'
import {
  CONTINUE,
  MARK,
  OPENERS,
  type Opener,
  pauseBatch,
  pressTwice,
  signInWithClock,
} from '../support/double-press.ts'
import { FRONT_DESK, postsIn, RETURN } from '../support/returns.ts'
import { resetTestApp, type TestApp } from '../support/test-app.ts'
import { withServers } from './measure.ts'
import { atMost, type Row, type Section } from './report.ts'

const SIZES = [
  [360, 640],
  [390, 844],
  [768, 1024],
  [1280, 720],
  [1440, 900],
] as const
const GAPS_MS = [60, 150, 300, 500]
const [PLACE] = FRONT_DESK

interface Case {
  openers: readonly Opener[]
  /** What the page is about, made over HTTP before it is opened. */
  prepare: (servers: TestApp) => Promise<unknown>
}

const client = ({ app, sandbox }: TestApp) => apiClient(app.url, sandbox.tokens.reseller)

const CASES: readonly Case[] = [
  { openers: OPENERS, prepare: async () => undefined },
  {
    openers: [MARK],
    prepare: async (servers) => {
      await servers.sandbox.control.fault({ match: RETURN, effect: { work: 'never', answer: { kind: 'drop' } } })
      await (await client(servers)).post('/api/numbers/return', { ...PLACE, note: null })
    },
  },
  { openers: [CONTINUE], prepare: async (servers) => pauseBatch(await client(servers), servers.sandbox.control) },
]

/** Returns what went out after the two presses: of the page to the app, of the app to Vida, and new intents. */
async function pressAll(servers: TestApp, { openers }: Case, [width, height]: readonly [number, number]) {
  const { sandbox, app } = servers
  const api = await client(servers)
  const intents = async () => (await api.get<{ returns: unknown[] }>('/api/returns?limit=200')).body.returns.length
  const before = (await intents()) + (await postsIn(sandbox.control)).length
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() })
  try {
    const context = await browser.newContext({
      baseURL: app.url,
      viewport: { width, height },
      hasTouch: true,
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    const sent = await signInWithClock(page, sandbox.tokens.reseller)
    for (const opener of openers) await pressTwice(page, opener, GAPS_MS)
    return sent.length + (await intents()) + (await postsIn(sandbox.control)).length - before
  } finally {
    await browser.close()
  }
}

export const pressSection: Section = {
  name: 'press',
  title: 'Two presses at one point',
  how:
    `Each opener of something irreversible is touched twice at one point, and then what is irreversible as soon as it is on screen, ${GAPS_MS.join(', ')} ms ` +
    'apart by the page’s clock. Counted are requests of the page besides reads, intents, and requests to return at Vida.',
  run: () =>
    withServers([], async (servers) => {
      const rows: Row[] = []
      for (const size of SIZES) {
        let sent = 0
        for (const each of CASES) {
          const fresh = await resetTestApp(servers)
          await each.prepare(fresh)
          sent += await pressAll(fresh, each, size)
        }
        const openers = CASES.flatMap((each) => each.openers)
        rows.push(
          atMost(
            `sent at ${size.join(' × ')}`,
            sent,
            0,
            '',
            `${openers.length} openers, ${GAPS_MS.length} gaps, 2 aims.`,
          ),
        )
      }
      return rows
    }),
}
