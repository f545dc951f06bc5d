import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'

test('every script of a page asks to be compiled while it loads, and a worker reads the tables behind numbers and dates, then ends', async ({
  app,
  page,
  sandbox,
}) => {
  const scripts: Promise<string>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script' && response.url().startsWith(`${app.url}/_next/static/chunks/`))
      scripts.push(response.text())
  })
  const started = page.waitForEvent('worker')
  await openList(page, sandbox.tokens.reseller)
  const worker = await started
  expect(worker.url()).toMatch(/\/_next\/static\/media\/intl\.worker\.[^/]+\.js$/)
  if (page.workers().includes(worker)) await worker.waitForEvent('close')
  await wholeList(page, 90)
  expect(scripts.length).toBeGreaterThan(5)
  for (const script of await Promise.all(scripts)) expect(script).toMatch(/^\/\/# allFunctionsCalledOnLoad\n/)
})

test('the kept list is asked for before any script runs, once, and not again by a page that the router draws', async ({
  page,
  sandbox,
}) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  const path = '**/api/inventory?none=null'
  let times = 0
  const first = page.waitForRequest(path)
  page.on('request', (request) => {
    if (request.url().endsWith('/api/inventory?none=null')) times += 1
  })
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    await first
    await route.continue()
  })
  await page.reload()
  await wholeList(page, 90)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.getByRole('link', { name: 'History' }).click()
  await page.getByRole('heading', { name: 'History', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'Numbers', exact: true }).click()
  await wholeList(page, 90)
  expect(times).toBe(1)
})
