import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'
import { signInOnPage, wholeList } from '../support/page-steps.ts'
import { startRoutingProxy } from '../support/routing-proxy.ts'
import { secondBuild } from '../support/second-build.ts'
import { startApp } from '../support/servers.ts'
import { dataIn } from '../support/test-app.ts'

test.describe('two versions with one STATIC_DIR', () => {
  test.use({ sharedApp: null })

  test('a page of either version works with the files that the other one’s instance sends', async ({
    page,
    sandbox,
    dataDir,
  }) => {
    test.setTimeout(120_000)
    const folder = join(dataDir, 'second')
    secondBuild(folder)
    const env = { VIDA_API_BASE_URL: sandbox.url, DATA_DIR: dataIn(dataDir), STATIC_DIR: join(dataDir, 'static') }
    const old = await startApp(env)
    const late = await startApp(env, folder)
    let pages = late
    const proxy = await startRoutingProxy((path) => {
      const files = pages === late ? old : late
      return path.startsWith('/_next/static/') ? files.url : pages.url
    })
    try {
      for (const version of [late, old]) {
        pages = version
        await page.context().clearCookies()
        await page.goto(`${proxy.url}/sign-in`)
        await signInOnPage(page, sandbox.tokens.reseller)
        await wholeList(page, 90)
      }
    } finally {
      await proxy.close()
      await Promise.all([old.stop(), late.stop()])
    }
  })
})

test.describe('a file that is not there', () => {
  test.use({ expectedConsoleErrors: [/Failed to load resource|ChunkLoadError|Refused to/] })

  test('makes the page reload once by itself, and then says so with a button', async ({ page, app }) => {
    const pages: string[] = []
    page.on('request', (request) => request.isNavigationRequest() && pages.push(request.url()))
    let missing = true
    await page.route(`${app.url}/_next/static/chunks/*.js`, (route) =>
      missing ? route.fulfill({ status: 404, body: '' }) : route.continue(),
    )
    await page.goto('/sign-in')
    const notice = page.getByRole('alert').filter({ hasText: 'could not be loaded' })
    await expect(notice).toBeVisible()
    expect(pages).toHaveLength(2)
    missing = false
    await notice.getByRole('button', { name: 'Reload' }).click()
    await expect(page.getByLabel('Vida API token')).toBeVisible()
    await expect(notice).toHaveCount(0)
  })
})
