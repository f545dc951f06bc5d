import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'

test('every script of a page asks to be compiled while it loads, a worker reads the tables behind numbers and dates, then ends, and the kept list is asked for once', async ({
  app,
  page,
  sandbox,
}) => {
  await test.step('every script asks to be compiled while it loads, and a worker reads the tables, then ends', async () => {
    const scripts: Promise<string>[] = []
    page.on('response', (response) => {
      if (
        response.request().resourceType() === 'script' &&
        response.url().startsWith(`${app.url}/_next/static/chunks/`)
      )
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

  await test.step('the kept list is asked for before any script runs, once, and not again by a page that the router draws', async () => {
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
})

test('the first rows of the kept list come with the page, with those that were selected, and what needs the whole list waits for it, as does a page that begins with other rows', async ({
  page,
  sandbox,
}) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  const table = page.getByRole('table', { name: 'Assigned numbers' })
  const firstRow = table.locator('[role=row][data-index="0"]')
  const box = firstRow.getByRole('checkbox')
  await box.check()
  const first = await firstRow.textContent()
  // What Vida answers is no part of this: the list is the kept one.
  await sandbox.control.setReachable(false)
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/api/inventory?none=null', async (route) => {
    await held
    await route.continue()
  })
  await page.reload()
  await expect(firstRow).toBeVisible()
  expect(await firstRow.textContent()).toBe(first)
  await expect(box).toBeChecked()
  await expect(table).toHaveAttribute('aria-rowcount', '-1')
  await expect(page.getByText('90 numbers', { exact: true })).toBeHidden()

  const search = page.getByRole('searchbox', { name: 'Search numbers' })
  await search.fill('Front desk')
  await expect(firstRow).toBeHidden()
  await expect(page.getByText('Nothing matches')).toBeHidden()
  await search.fill('')
  await expect(firstRow).toBeVisible()

  release()
  await expect(table).toHaveAttribute('aria-rowcount', '91')
  expect(await firstRow.textContent()).toBe(first)
  await expect(page.getByText('1 number selected')).toBeVisible()

  await test.step('a page that begins with other rows waits for the whole list', async () => {
    const plain = await page.request.get('/numbers', { headers: { 'sec-fetch-dest': 'document' } })
    const sorted = await page.request.get('/numbers?sort=number', { headers: { 'sec-fetch-dest': 'document' } })
    const numbersIn = (html: string) => new Set(html.match(/\+\d{8,15}/g)).size
    expect(numbersIn(await plain.text())).toBe(60)
    expect(numbersIn(await sorted.text())).toBe(0)
  })
})
