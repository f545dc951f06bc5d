import type { Page } from '@playwright/test'
import { findToken } from '../support/canary.ts'
import { expect, test } from '../support/fixtures.ts'
import { openActivity, openByHand, openList, signInOnPage, wholeList } from '../support/page-steps.ts'

/** Markup, quotes, and controls that turn the direction of text round or hide it; then 10,000 characters without a gap. */
const MARKUP = `<img src=x onerror="window.owned=1"><script>window.owned=2</script>"'>{{7*7}}\u202Edesrever\u2066\u200B`
const HOSTILE = `${MARKUP}${'W'.repeat(10_000)}`

/** Writes down every violation of the policy in every document that is opened from now on. */
async function violationsOf(page: Page): Promise<string[]> {
  const violations: string[] = []
  await page.exposeFunction('tellViolation', (text: string) => violations.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample, sourceFile }) => {
      const tell: unknown = Reflect.get(window, 'tellViolation')
      if (typeof tell === 'function') tell(`${violatedDirective} ${blockedURI} ${sample} ${sourceFile}`)
    })
  })
  return violations
}

/** That nothing ran or became an element, no control turns text round, and nothing is wider than the window. */
async function expectPlainText(page: Page): Promise<void> {
  const seen = await page.evaluate(() => ({
    owned: Reflect.get(window, 'owned'),
    images: document.querySelectorAll('img, body script[src^="x"], iframe, object, embed').length,
    controls: /[\u202A-\u202E\u2066-\u2069\u200B]/.test(document.body.textContent),
    excess: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
  }))
  expect(seen).toEqual({ owned: undefined, images: 0, controls: false, excess: 0 })
}

test('no page breaks its own policy, from signing in to signing out', async ({ page, sandbox }) => {
  const violations = await violationsOf(page)
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Show token' }).click()
  await signInOnPage(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill('Front desk')
  await page.getByRole('button', { name: 'Return +12145550101' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByLabel('Note').fill('a note')
  await dialog.getByRole('button', { name: 'Return number' }).click()
  await expect(dialog).toBeHidden()
  for (const box of await page.getByRole('checkbox', { name: 'Select +12145550102' }).all()) await box.check()
  await openByHand(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByText('Dark', { exact: true }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('table', { name: 'Returns' })).toContainText('+12145550101')
  await page.getByRole('link', { name: 'Numbers' }).click()
  await expect(page.getByRole('heading', { name: 'Numbers' })).toBeVisible()
  await page.reload()
  await wholeList(page, 89)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect(violations).toEqual([])
})

test.describe('on a page that is not there', () => {
  test.use({ expectedConsoleErrors: [/status of 404/] })

  test('the policy holds as well', async ({ page }) => {
    const violations = await violationsOf(page)
    await page.goto('/nothing-here')
    await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
    expect(violations).toEqual([])
  })
})

test.describe('with an injected script', () => {
  test.use({ expectedConsoleErrors: [/Content Security Policy/] })

  test('the policy stops it: inline, by attribute and from elsewhere', async ({ page }) => {
    const violations = await violationsOf(page)
    await page.goto('/sign-in')
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<button onclick="window.owned=1">press</button><iframe src="https://evil.example"></iframe>',
      )
      const script = document.createElement('script')
      script.textContent = 'window.owned=2'
      const foreign = document.createElement('script')
      foreign.src = 'https://evil.example/x.js'
      document.body.append(script, foreign)
      document.querySelector<HTMLElement>('button[onclick]')?.click()
    })
    const told = () =>
      [
        'script-src-attr inline',
        'script-src-elem inline',
        'script-src-elem https://evil',
        'frame-src https://evil',
      ].filter((what) => !violations.join('\n').includes(what))
    await expect.poll(told).toEqual([])
    expect(await page.evaluate(() => Reflect.get(window, 'owned'))).toBeUndefined()
  })
})

test.describe('with names and messages of 10,000 characters, markup and controls', () => {
  test.use({ expectedConsoleErrors: [/status of (?:409|502)/] })

  for (const [screen, viewport] of [
    ['a desktop', { width: 1280, height: 800 }],
    ['a phone', { width: 375, height: 740 }],
  ] as const) {
    test(`they stay text within the layout on ${screen}`, async ({ page, sandbox }) => {
      await sandbox.control.setAccount('70001', { name: HOSTILE })
      await sandbox.control.setAccount('8001', { name: HOSTILE })
      await sandbox.control.setAccount('100001', { name: HOSTILE, canceledAt: 1_700_000_000, canceledReason: HOSTILE })
      await sandbox.control.addNumber('+12145550199', '100001', { label: HOSTILE, provider: HOSTILE })
      const refusal = { kind: 'status', status: 409, message: HOSTILE } as const
      await sandbox.control.fault({ match: { path: 'phoneNumber/return' }, effect: { answer: refusal } })
      await page.setViewportSize(viewport)
      await openList(page, sandbox.tokens.reseller)
      await wholeList(page, 91)
      await expectPlainText(page)
      await page.getByRole('searchbox', { name: 'Search numbers' }).fill('+12145550199')
      const row = page
        .getByRole('table', { name: 'Assigned numbers' })
        .getByRole('row')
        .filter({ hasText: '+12145550199' })
      await expect(row).toContainText('<img src=x onerror=')
      const box = await row.boundingBox()
      expect(box?.height).toBeLessThan(viewport.height / 2)
      await page.getByRole('button', { name: 'Return +12145550199' }).click()
      const dialog = page.getByRole('alertdialog')
      await expectPlainText(page)
      await dialog.getByRole('button', { name: 'Return number' }).click()
      // On a phone the message lies over the header until it is dismissed.
      await page.getByRole('button', { name: 'Dismiss message' }).click()
      await expect(await openActivity(page)).toContainText('<script>window.owned=2</script>')
      await expect(row).toContainText('<script>window.owned=2</script>')
      await expectPlainText(page)
      await (await openActivity(page)).getByRole('button', { name: /^Dismiss the outcome/ }).click()
      await page.goto('/history')
      await expect(page.getByRole('table', { name: 'Returns' })).toContainText('+12145550199')
      await expectPlainText(page)
    })
  }
})

test('the token leaves the field, and no address, request, script or storage of the browser holds it afterwards', async ({
  page,
  app,
  sandbox,
}) => {
  const token = sandbox.tokens.reseller
  const heard = new Map<string, string>()
  page.on('request', (request) => {
    const own = request.method() === 'POST' && request.url().endsWith('/api/session')
    const sent = own ? '' : (request.postData() ?? '')
    heard.set(`request ${heard.size}`, `${request.url()} ${JSON.stringify(request.headers())} ${sent}`)
  })
  page.on('response', async (response) => {
    const text = await response.text().catch(() => '')
    heard.set(`response ${response.url()} ${heard.size}`, `${JSON.stringify(response.headers())} ${text}`)
  })
  await signInOnPage(page, token)
  await wholeList(page, 90)
  await page.goto('/history')
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
  const kept = await page.evaluate(() =>
    JSON.stringify([
      document.cookie,
      { ...localStorage },
      { ...sessionStorage },
      history.state,
      location.href,
      document.documentElement.outerHTML,
    ]),
  )
  heard.set('what scripts can reach', kept)
  expect(kept).not.toContain('Fe26.2')
  expect([...heard.keys()].length).toBeGreaterThan(10)
  for (const text of heard.values()) expect(text).not.toContain('evil')
  expect(findToken(token, heard, [])).toEqual([])
  const origins = [...heard]
    .filter(([name]) => name.startsWith('request'))
    .map(([, text]) => new URL(text.split(' ')[0] ?? '').origin)
  expect(new Set(origins), 'the browser talks to the app alone').toEqual(new Set([app.url]))
})

test('signing in leads to a page of this origin, whatever the address asks for', async ({
  page,
  app,
  sandbox,
  signIn,
}) => {
  const targets = [
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '///evil.example',
    'https://evil.example/numbers',
    'javascript:window.owned=1',
    ' javascript:alert(1)',
    'JAVA\tSCRIPT:alert(1)',
    'data:text/html,x',
    '/%2Fevil.example',
    '/%5Cevil.example',
    '/%252Fevil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/..//evil.example',
    '@evil.example',
    '/api/session',
  ]
  const client = await signIn()
  for (const next of targets) {
    const query = new URLSearchParams({ next })
    const signedIn = await client.raw(`/sign-in?${query}`, { redirect: 'manual' })
    expect([signedIn.status, signedIn.headers.get('location')], next).toEqual([307, '/numbers'])
    const twice = await client.raw(`/sign-in?${query}&${query}`, { redirect: 'manual' })
    expect(twice.headers.get('location'), next).toBe('/numbers')
  }
  for (const next of ['//evil.example', '/\\evil.example', 'javascript:window.owned=1']) {
    await page.goto('about:blank')
    await page.context().clearCookies()
    await page.goto(`/sign-in?${new URLSearchParams({ next })}`)
    await signInOnPage(page, sandbox.tokens.reseller)
    expect(page.url(), next).toBe(`${app.url}/numbers`)
    expect(await page.evaluate(() => Reflect.get(window, 'owned'))).toBeUndefined()
  }
})
