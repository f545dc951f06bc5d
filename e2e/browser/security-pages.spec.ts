import type { Page } from '@playwright/test'
import { findToken } from '../support/canary.ts'
import { expect, test } from '../support/fixtures.ts'
import { expectQuiet, openActivity, openByHand, openList, signInOnPage, wholeList } from '../support/page-steps.ts'

/** Markup, quotes, and controls that turn the direction of text round or hide it; then 10,000 characters without a gap. */
const MARKUP = `<img src=x onerror="window.owned=1"><script>window.owned=2</script>"'>{{7*7}}\u202Edesrever\u2066\u200B`
const HOSTILE = `${MARKUP}${'W'.repeat(10_000)}`

const VIEWPORTS = [
  { width: 1280, height: 800 },
  { width: 375, height: 740 },
]

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

test('from signing in to signing out no page breaks its own policy, and nothing in the browser holds the token', async ({
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
  const violations = await violationsOf(page)
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Show token' }).click()
  await signInOnPage(page, token)
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
  await page.getByRole('link', { name: 'Numbers' }).click()
  await expect(page.getByRole('heading', { name: 'Numbers' })).toBeVisible()
  await page.reload()
  await wholeList(page, 89)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect(violations).toEqual([])

  await test.step('the token leaves the field, and no address, request, script or storage of the browser holds it', async () => {
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

  test('they stay text within the layout on a desktop and on a phone', async ({ page, sandbox }) => {
    await sandbox.control.setAccount('70001', { name: HOSTILE })
    await sandbox.control.setAccount('8001', { name: HOSTILE })
    await sandbox.control.setAccount('100001', { name: HOSTILE, canceledAt: 1_700_000_000, canceledReason: HOSTILE })
    await sandbox.control.addNumber('+12145550199', '100001', { label: HOSTILE, provider: HOSTILE })
    const refusal = { kind: 'status', status: 409, message: HOSTILE } as const
    await sandbox.control.fault({ match: { path: 'phoneNumber/return' }, effect: { answer: refusal } })
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 91)
    const search = page.getByRole('searchbox', { name: 'Search numbers' })
    const row = page
      .getByRole('table', { name: 'Assigned numbers' })
      .getByRole('row')
      .filter({ hasText: '+12145550199' })
    const dialog = page.getByRole('alertdialog')
    for (const viewport of VIEWPORTS) {
      await page.setViewportSize(viewport)
      await search.fill('')
      await wholeList(page, 91)
      await expectPlainText(page)
      await search.fill('+12145550199')
      await expect(row).toContainText('<img src=x onerror=')
      const box = await row.boundingBox()
      expect(box?.height).toBeLessThan(viewport.height / 2)
      await page.getByRole('button', { name: 'Return +12145550199' }).click()
      await expect(dialog).toBeVisible()
      await expectPlainText(page)
      await dialog.getByRole('button', { name: 'Return number' }).click()
      // On a phone the message lies over the header until it is dismissed.
      await page.getByRole('button', { name: 'Dismiss message' }).click()
      await expect(await openActivity(page)).toContainText('<script>window.owned=2</script>')
      await expect(row).toContainText('<script>window.owned=2</script>')
      await expectPlainText(page)
      await (await openActivity(page)).getByRole('button', { name: /^Dismiss the outcome/ }).click()
      await expectQuiet(page)
      await page.keyboard.press('Escape')
    }
    await page.goto('/history')
    await expect(page.getByRole('table', { name: 'Returns' })).toContainText('+12145550199')
    for (const viewport of VIEWPORTS) {
      await page.setViewportSize(viewport)
      await expectPlainText(page)
    }
  })
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
  await page.goto(`/sign-in?${new URLSearchParams({ next: '/\\evil.example' })}`)
  await signInOnPage(page, sandbox.tokens.reseller)
  expect(page.url()).toBe(`${app.url}/numbers`)
})
