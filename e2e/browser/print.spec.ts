import { batchOf, goneAt } from '../support/history.ts'
import { giveSession, openList, wholeList } from '../support/page-steps.ts'
import { countPrints, printedPages } from '../support/print.ts'
import { expect, test } from '../support/return-test.ts'

test.use({ sharedApp: 'returns' })

const numbersIn = (pages: readonly string[]) => pages.join('\n').match(/\+\d{8,15}\b/g) ?? []

/** Each page is counted, and each of a table has its headings. */
function expectNumbered(pages: readonly string[]): void {
  for (const [index, text] of pages.entries()) expect(text).toContain(`Page ${index + 1} of ${pages.length}`)
}

test('the list prints whole, with who, when and the filters, a number’s page alone, and what is no list, or one of other filters, as it is on screen', async ({
  page,
  api,
  sandbox,
}) => {
  await api.confirm(goneAt(0))
  const prints = await countPrints(page)
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)

  await test.step('the list on numbered pages with its headings, and with who, when and the filters', async () => {
    const whole = await printedPages(page)
    expect(new Set(numbersIn(whole)).size).toBe(90)
    expect(whole.length).toBeGreaterThan(1)
    expectNumbered(whole)
    for (const text of whole) expect(text).toContain('Agent account')
    expect(whole[0]).toMatch(/Printed .+ by Northwind Voice/)
    expect(whole[0]).toContain('All numbers')
    expect(whole.join()).not.toContain('Refresh')

    await page.goto('/numbers?country=US,CA&state=cancelled&group=true')
    await wholeList(page, 90)
    const [shown = ''] = /\d+(?= shown)/.exec((await page.getByRole('main').textContent()) ?? '') ?? []
    await page.getByRole('button', { name: 'Collapse all' }).click()
    const some = await printedPages(page)
    expect(new Set(numbersIn(some)).size).toBe(Number(shown))
    expect(some[0]).toContain('Country: United States, Canada · Account state: Cancelled')
  })

  await test.step('a number’s page prints alone, and what is no list, or one of other filters, as it is on screen', async () => {
    await page.goto('/numbers?number=%2B12145550101')
    await expect(page.getByRole('dialog', { name: '+12145550101' })).toBeVisible()
    await expect(page.getByRole('dialog')).toContainText('Front desk')
    const one = await printedPages(page)
    expect(one).toHaveLength(1)
    expect(one[0]).toMatch(/\+12145550101(.|\n)*Agent account Front desk/)
    await page.getByRole('button', { name: 'Copy or export' }).click()
    await page.getByRole('button', { name: 'Print 90 shown numbers' }).click()
    await expect.poll(prints).toBe(1)
    expect((await printedPages(page))[0]).toContain('All numbers')

    await page.goto('/history')
    await expect(page.getByRole('button', { name: `Receipt for ${goneAt(0).number}` })).toBeVisible()
    expect((await printedPages(page))[0]).toContain('All returns')
    await page.route('**/api/returns?*search=*', () => undefined)
    await page.getByRole('searchbox', { name: 'Search returns' }).fill('nobody')
    await expect(page.locator('[aria-busy=true]').filter({ has: page.getByRole('table') })).toBeVisible()
    const [waiting] = await printedPages(page)
    expect(waiting).not.toContain('Printed')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  })
})

test('History prints what is loaded and says so, and all that matches by Print; a receipt and a batch print alone', async ({
  page,
  api,
  sandbox,
  signIn,
}) => {
  test.setTimeout(120_000)
  const client = await signIn()
  const single = goneAt(0)
  await api.confirm(single, 'internal note')
  const places = Array.from({ length: 120 }, (_, index) => goneAt(index + 1))
  await batchOf(client, places, 'Ticket 42')
  const prints = await countPrints(page)
  await giveSession(page, sandbox.tokens.reseller)
  await page.goto('/history?outcome=already_gone')
  await expect(page.getByRole('button', { name: 'Load more' })).toBeVisible()
  const loaded = await printedPages(page)
  expect(new Set(numbersIn(loaded)).size).toBe(50)
  expect(loaded[0]).toContain('Only what is loaded is printed')

  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Print' }).click()
  await expect.poll(prints).toBe(1)
  const whole = await printedPages(page)
  expect(new Set(numbersIn(whole)).size).toBe(121)
  expectNumbered(whole)
  expect(whole[0]).toContain('Outcome: Already gone')
  expect(whole[0]).not.toContain('Only')

  await page.goto('/history')
  await page.getByRole('button', { name: 'Batch of 120 numbers' }).click()
  const recap = page.getByRole('dialog', { name: 'Batch of 120 numbers' })
  await expect(recap.getByText('Finished: 120 already gone')).toBeVisible()
  const batch = await printedPages(page)
  expect(numbersIn(batch).toSorted()).toEqual(places.map(({ number }) => number).toSorted())
  expect(batch[0]).toContain('Note: Ticket 42')
  expectNumbered(batch)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: `Receipt for ${single.number}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Print' }).click()
  await expect.poll(prints).toBe(1)
  const receipt = await printedPages(page)
  expect(receipt).toHaveLength(1)
  expect(receipt[0]).toContain(`Return of ${single.number}`)
  expect(receipt[0]).toContain('Page 1 of 1')
  expect(receipt[0]).not.toContain('internal note')
})
