import type { Locator, Page } from '@playwright/test'
import type { SandboxControl } from '../vida-sandbox/control.ts'
import type { ApiClient } from './api-client.ts'
import { batchThatIs, begin } from './history.ts'
import { giveSession, openActivity, openByHand, wholeList } from './page-steps.ts'
import { FRONT_DESK, placesIn, RETURN } from './returns.ts'

/** What leads to a button that does something irreversible. */
export interface Opener {
  name: string
  path: '/numbers' | '/history'
  /** Brings the opener on screen, from the page without any dialog, and returns it. */
  reach: (page: Page) => Promise<Locator>
  irreversible: (page: Page) => Locator
}

const [PLACE] = FRONT_DESK
const inQuestion = (name: string) => (page: Page) => page.getByRole('alertdialog').getByRole('button', { name })
const dialogs = (page: Page) => page.locator('[role=dialog], [role=alertdialog]')
const now = (page: Page) => page.evaluate(() => Date.now())

async function middleOf(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox()
  if (!box) throw new Error(`${target} is not on screen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** The row's button that is nearest to where the confirmation has its red one, after scrolling. */
async function rowButton(page: Page): Promise<Locator> {
  const buttons = page.getByRole('table').getByRole('button', { name: /^Return \+/ })
  await buttons.first().click()
  const { y } = await middleOf(inQuestion('Return number')(page))
  await page.getByRole('button', { name: 'Keep number' }).click()
  await dialogs(page).waitFor({ state: 'hidden' })
  const down = (await middleOf(buttons.nth(4))).y - y
  await page.evaluate((by) => window.scrollBy({ top: by, behavior: 'instant' }), Math.max(0, down))
  const nearest = await buttons.evaluateAll((all, wanted) => {
    const distances = all.map((each) => {
      const { top, height } = each.getBoundingClientRect()
      return Math.abs(top + height / 2 - wanted)
    })
    return distances.indexOf(Math.min(...distances))
  }, y)
  return buttons.nth(nearest)
}

/** Each way in the list to a return, and to signing out everywhere. */
export const OPENERS: readonly Opener[] = [
  { name: 'a row', path: '/numbers', reach: rowButton, irreversible: inQuestion('Return number') },
  {
    name: 'a number’s page',
    path: '/numbers',
    reach: async (page) => {
      await page
        .getByRole('table')
        .getByRole('button', { name: /^\+\d+$/ })
        .first()
        .click()
      return page.getByRole('dialog').getByRole('button', { name: /^Return \+/ })
    },
    irreversible: inQuestion('Return number'),
  },
  {
    name: 'Check number',
    path: '/numbers',
    reach: async (page) => {
      const form = await openByHand(page)
      await form.getByLabel('Phone number').fill(PLACE.number)
      return form.getByRole('button', { name: 'Check number' })
    },
    irreversible: inQuestion('Return number'),
  },
  {
    name: 'Return 1 selected number',
    path: '/numbers',
    reach: async (page) => {
      await page
        .getByRole('checkbox', { name: /^Select \+/ })
        .first()
        .check()
      return page.getByRole('button', { name: 'Return 1 selected number' })
    },
    irreversible: inQuestion('Return number'),
  },
  {
    name: 'Sign out everywhere',
    path: '/numbers',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click()
      return page.getByRole('button', { name: 'Sign out everywhere' })
    },
    irreversible: inQuestion('Sign out everywhere'),
  },
]

/** The page's clock must be more than five minutes ahead. */
export const MARK: Opener = {
  name: 'the receipt of an unknown return',
  path: '/history',
  reach: async (page) => page.getByRole('button', { name: `Receipt for ${PLACE.number}` }),
  irreversible: (page) => page.getByRole('dialog').getByRole('button', { name: 'Mark not returned' }),
}

export const CONTINUE: Opener = {
  name: 'a paused batch',
  path: '/numbers',
  reach: async (page) => (await openActivity(page)).getByRole('button', { name: 'Details' }),
  irreversible: (page) => page.getByRole('dialog').getByRole('button', { name: 'Continue' }),
}

export async function pauseBatch(client: ApiClient, control: SandboxControl): Promise<string> {
  await control.fault({ match: RETURN, effect: { work: 'never', answer: { kind: 'status', status: 503 } } })
  const id = await begin(client, await placesIn(control, 6))
  await batchThatIs(client, id, 'paused')
  return id
}

const READS = new Set(['/api/numbers/parse', '/api/use'])

/** Signs in with a clock that `pressTwice` can stop. Returns what the page has sent since, besides reads. */
export async function signInWithClock(page: Page, token: string): Promise<string[]> {
  await page.clock.install({ time: Date.now() + 6 * 60_000 })
  await giveSession(page, token)
  const sent: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    const reads = request.method() === 'GET' || READS.has(pathname)
    if (!reads && pathname.startsWith('/api/')) sent.push(`${request.method()} ${pathname}`)
  })
  return sent
}

async function clearPage(page: Page, path: string): Promise<void> {
  await page.clock.resume()
  if (new URL(page.url(), 'http://blank').pathname !== path) {
    await page.goto(path)
    if (path === '/numbers') await wholeList(page, 90)
  }
  for (let open = await dialogs(page).count(); open > 0; open = await dialogs(page).count()) {
    await page.keyboard.press('Escape')
    const isFewer = (before: number) => document.querySelectorAll('[role=dialog], [role=alertdialog]').length < before
    await page.waitForFunction(isFewer, open, { timeout: 5_000 })
  }
  const clear = page.getByRole('button', { name: 'Clear selection' })
  if (await clear.isVisible()) await clear.click()
}

/** Lets the page's time pass until `target` is there, at most `most` ms. Returns how much passed. */
async function passUntil(page: Page, target: Locator, most: number): Promise<number> {
  const STEP_MS = 10
  let passed = 0
  for (; passed < most && !(await target.isVisible()); passed += STEP_MS) await page.clock.runFor(STEP_MS)
  return passed
}

/**
 * For each gap: touches the opener and, so many ms later, the same point; then the opener again and, as soon as it is there,
 * what is irreversible itself. The touches are real; the time between them is the page's, so that no slow machine changes it.
 */
export async function pressTwice(page: Page, opener: Opener, gapsMs: readonly number[]): Promise<void> {
  // What a touch loads for the first time could open when `clearPage` has already looked.
  await clearPage(page, opener.path)
  await (await opener.reach(page)).click()
  await opener.irreversible(page).waitFor()
  for (const gapMs of gapsMs) for (const aim of ['point', 'button'] as const) await touchTwice(page, opener, gapMs, aim)
  await clearPage(page, opener.path)
}

async function touchTwice(page: Page, opener: Opener, gapMs: number, aim: 'point' | 'button'): Promise<void> {
  await clearPage(page, opener.path)
  const target = await opener.reach(page)
  const button = opener.irreversible(page)
  let { x, y } = await middleOf(target)
  await page.clock.pauseAt((await now(page)) + 1_000)
  await page.touchscreen.tap(x, y)
  const passed = await passUntil(page, button, aim === 'button' ? 400 : gapMs)
  if (aim === 'point') await page.clock.runFor(Math.max(1, gapMs - passed))
  else ({ x, y } = await middleOf(button))
  await page.touchscreen.tap(x, y)
  // What a press begins is under way after this.
  await page.clock.runFor(100)
}
