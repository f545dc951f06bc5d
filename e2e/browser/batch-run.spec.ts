import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectAccessible } from '../support/accessible.ts'
import { beginBatch, listIn, listsIn, openRecap, panelOf, selected } from '../support/batch.ts'
import { exportFrom } from '../support/exports.ts'
import { expect, test } from '../support/fixtures.ts'
import { openActivity, openList, signInOnPage, wholeList } from '../support/page-steps.ts'
import { answerOnly, RETURN, sentNumbers } from '../support/returns.ts'
import { startApp } from '../support/servers.ts'
import type { SandboxControl } from '../vida-sandbox/control.ts'

/** The numbers that return requests were sent for; none of them twice. */
async function sentOnce(control: SandboxControl): Promise<string[]> {
  const sent = await sentNumbers(control)
  expect(new Set(sent).size, 'a number was sent twice').toBe(sent.length)
  return sent.sort()
}

test('of sixty numbers each ends in one list of the recap with its reason, which CSV and text repeat', async ({
  page,
  context,
  sandbox: { control, tokens },
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await control.reset({ size: { organizations: 3, accountsPerOrganization: 4, numbersPerAccount: 5 } })
  const numbers = (await control.numbers()).filter(({ accountId }) => accountId.startsWith('1000'))
  const all = numbers.map(({ number }) => number).sort()
  expect(all).toHaveLength(60)
  const [refused = '', unclear = '', busy = ''] = [all[7], all[31], all[50]]
  const answers = [
    [refused, { answer: { kind: 'success-false', message: 'Port pending' } }],
    [unclear, { work: 'never', answer: { kind: 'status', status: 500, message: 'Out of order' } }],
    [busy, { answer: { kind: 'status', status: 429, message: 'Slow down', headers: { 'retry-after': '1' } } }],
  ] as const
  for (const [number, effect] of answers) await control.fault({ match: { ...RETURN, number }, effect })
  await openList(page, tokens.reseller)
  await wholeList(page, 60)
  await beginBatch(page, '', 60)
  await expect(panelOf(page, 60)).toBeFocused()
  await expect(
    page
      .getByRole('status')
      .filter({ hasText: 'The batch of 60 numbers has ended: 57 returned · 2 refused · 1 unknown.' }),
  ).toBeVisible({ timeout: 30_000 })

  const recap = await openRecap(page, 60)
  const lists = await listsIn(recap)
  const left = [refused, unclear, busy].sort()
  expect(Object.keys(lists)).toEqual(['Returned', 'Refused', 'Unknown'])
  expect(lists.Refused?.toSorted()).toEqual([refused, busy].sort())
  expect(lists.Unknown).toEqual([unclear])
  expect(Object.values(lists).flat().sort()).toEqual(all)
  await expect(listIn(recap, 'Refused').getByRole('listitem').filter({ hasText: refused })).toContainText(
    'Port pending',
  )
  await expect(listIn(recap, 'Refused').getByRole('listitem').filter({ hasText: busy })).toContainText('Slow down')
  await expect(listIn(recap, 'Unknown').getByRole('listitem')).toContainText('Out of order')
  expect(await sentOnce(control)).toEqual(all)

  const file = await exportFrom(page, recap.getByRole('button', { name: 'Export' }), 'CSV')
  const csv = (await readFile(await file.path(), 'utf8')).split('\r\n')
  const inCsv = (outcome: string) =>
    csv.flatMap((line) => (line.includes(`,${outcome},`) ? (line.split(',')[1] ?? '') : []))
  const sorted = [lists.Returned, lists.Refused, lists.Unknown].map((list) => list?.toSorted())
  expect(['returned', 'refused', 'unknown'].map((outcome) => inCsv(outcome).sort())).toEqual(sorted)
  expect(csv.find((line) => line.includes(refused))).toContain('Port pending')
  await recap.getByRole('button', { name: 'Copy as text' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Recap copied.' })).toBeVisible()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  for (const [name, listed] of Object.entries(lists)) {
    const part = text.split('\n\n').find((each) => each.startsWith(`${name} (${listed.length})`))
    expect(
      part
        ?.match(/^ {2}\+\d+/gm)
        ?.map((line) => line.trim())
        .sort(),
    ).toEqual(listed.toSorted())
  }
  expect(text).toContain(`${refused}, `)
  expect(text).toContain(': Vida said: “Port pending”')
  const byCustomer: string[] = []
  for (const button of await recap.getByRole('button', { name: /^Copy for / }).all()) {
    const name = /^Copy for (.+) \d+$/.exec((await button.getAttribute('aria-label')) ?? '')?.[1] ?? ''
    await button.click()
    await expect(page.getByRole('status').filter({ hasText: `Text for ${name} copied.` })).toBeVisible()
    const own = await page.evaluate(() => navigator.clipboard.readText())
    expect(own).toContain(`Return of 20 numbers of ${name}\n`)
    expect(own).toMatch(/^Requested: .+ (?:[A-Z]{2,5}|GMT[+-]\d+(?::\d+)?)$/m)
    expect(own).not.toContain('Port pending')
    const listed = own.match(/\+\d+/g) ?? []
    expect(listed).toHaveLength(20)
    byCustomer.push(...listed)
  }
  expect(byCustomer.sort(), 'each customer reads its own numbers alone').toEqual(all)
  const none = listIn(recap, 'Unknown').getByRole('button', { name: 'Select these' })
  await expect(none).toHaveAttribute('aria-disabled', 'true')
  await expect(none).toHaveAccessibleDescription('1 has a return that is not settled')
  await listIn(recap, 'Refused').getByRole('button', { name: 'Select these' }).click()
  await expect(page.getByRole('status').filter({ hasText: '2 numbers selected.' })).toBeVisible()
  await expect(selected(page, 2)).toBeVisible()
  await wholeList(page, 3)
  for (const number of left) await expect(page.getByRole('button', { name: `Return ${number}` })).toBeVisible()
})

test.describe('a batch of twelve', () => {
  test.beforeEach(async ({ page, sandbox }) => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
  })

  test('whose person signs out half-way finishes those under way, and says so to who signs in again', async ({
    page,
    sandbox: { control, tokens },
  }) => {
    const waiting = await answerOnly(control, 2)
    await beginBatch(page, 'Brightwater', 12)
    await control.waitFor(RETURN, 4)
    const signOut = page.getByRole('button', { name: 'Sign out', exact: true })
    const question = page.getByRole('alertdialog', { name: 'Sign out while a batch runs?' })
    await signOut.click()
    await expect(question).toContainText(
      /A batch of 12 numbers is running; \d+ are not sent yet\. Signing out stops it, .* the remaining numbers are not sent\./,
    )
    await expectAccessible(page)
    await question.getByRole('button', { name: 'Stay' }).click()
    await expect(question).toBeHidden()
    await expect(signOut).toBeFocused()
    await signOut.click()
    await question.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await control.release(waiting)
    await signInOnPage(page, tokens.reseller)
    await page.getByRole('link', { name: 'History' }).click()
    await page.getByRole('button', { name: 'Batch of 12 numbers' }).click()
    const recap = page.getByRole('dialog', { name: 'Batch of 12 numbers' })
    await expect(recap.getByText('The session was signed out, so the remaining numbers were not sent.')).toBeVisible()
    const sent = await sentOnce(control)
    const lists = await listsIn(recap)
    expect(lists.Returned?.toSorted()).toEqual(sent)
    expect(sent).toHaveLength(4)
    expect(lists['Not sent']).toHaveLength(8)
    await listIn(recap, 'Not sent').getByRole('button', { name: 'Select these' }).click()
    await expect(page.getByRole('heading', { name: 'Numbers' })).toBeVisible()
    await expect(selected(page, 8)).toBeVisible()
    await expect(page.getByRole('status').filter({ hasText: '8 numbers selected.' })).toBeVisible()
  })

  test('goes on without its tab, is found where it is, and Stop sends no more', async ({
    page,
    context,
    sandbox: { control },
  }) => {
    const waiting = await answerOnly(control, 2)
    await beginBatch(page, 'Brightwater', 12)
    await control.waitFor(RETURN, 4)
    const tab = await context.newPage()
    await page.close()
    await tab.goto('/numbers')
    await openActivity(tab)
    const panel = panelOf(tab, 12)
    await expect(panel.getByRole('progressbar', { name: 'Returning numbers' })).toBeVisible()
    await panel.getByRole('button', { name: 'Stop' }).click()
    await expect(panel).toContainText('Returns in progress finish; nothing more is sent.')
    await control.release(waiting)
    await expect(panel.getByText('Batch of 12 numbers: stopped')).toBeVisible()
    await expect(panel.getByText('4 returned · 8 not sent')).toBeVisible()
    expect(await sentOnce(control)).toHaveLength(4)
  })

  test('pauses after three unknown ones in a row with the reason, and a person continues or stops it', async ({
    page,
    sandbox: { control },
  }) => {
    await control.fault({ match: RETURN, effect: { work: 'never', answer: { kind: 'status', status: 503 } } })
    await beginBatch(page, 'Brightwater', 12)
    const panel = panelOf(page, 12)
    const reason = 'Three numbers in a row had an unknown outcome or an account that could not be read.'
    await expect(
      page.getByRole('alert').filter({ hasText: `The batch of 12 numbers is paused. ${reason}` }),
    ).toBeVisible()
    await expect(panel).toContainText(reason)
    const first = await sentOnce(control)
    expect(first.length).toBeLessThanOrEqual(4)
    await panel.getByRole('button', { name: 'Continue' }).click()
    await control.waitFor(RETURN, first.length + 3)
    await expect(panel).toContainText(reason)
    await panel.getByRole('button', { name: 'Stop' }).click()
    await expect(panel.getByText('Batch of 12 numbers: stopped')).toBeVisible()
    await expect(panel).toBeFocused()
    const sent = await sentOnce(control)
    const lists = await listsIn(await openRecap(page, 12))
    expect(lists.Unknown?.toSorted()).toEqual(sent)
    expect(lists['Not sent']).toHaveLength(12 - sent.length)

    await test.step('the recap of one that has finished fills its drawer, and its numbers lead to their receipts', async () => {
      await page.keyboard.press('Escape')
      await control.clearFaults()
      await beginBatch(page, 'Tidewater', 5)
      await expect(page.getByRole('status').filter({ hasText: 'The batch of 5 numbers has ended' })).toBeVisible()
      const recap = await openRecap(page, 5)
      await expect(recap.getByRole('heading', { name: 'Tidewater Legal 8011 (5)' })).toBeVisible()
      await expect(recap.getByText('Finished: 5 returned')).toBeVisible()
      await expect(recap.getByRole('button', { name: /^(?:Stop|Continue)$/ })).toHaveCount(0)
      await expectAccessible(page)
      const bottom = async () => {
        const box = await recap.getByRole('button', { name: 'Export' }).boundingBox()
        return box ? (page.viewportSize()?.height ?? 0) - box.y - box.height : null
      }
      await expect.poll(bottom).toBeLessThan(40)
      await recap.getByRole('link', { name: 'Receipt for +13055550101' }).click()
      await expect(page).toHaveURL(/\/history\?receipt=R-/)
      await expect(page.getByRole('dialog', { name: 'Receipt for +13055550101' })).toBeVisible()
    })
  })

  test.describe('whose server is killed', () => {
    test.use({ sharedApp: null, expectedConsoleErrors: [/net::ERR_/] })

    test('is paused for a person, and Continue finishes it without sending any number twice', async ({
      page,
      app,
      dataDir,
      sandbox: { control, url },
    }) => {
      test.slow()
      const waiting = await answerOnly(control, 2)
      await beginBatch(page, 'Brightwater', 12)
      await control.waitFor(RETURN, 4)
      await app.kill()
      const panel = panelOf(page, 12)
      await expect(panel).toContainText('The app cannot be reached.')
      const port = new URL(app.url).port
      const again = await startApp({ VIDA_API_BASE_URL: url, DATA_DIR: join(dataDir, 'data'), PORT: port })
      try {
        await expect(panel.getByText('Batch of 12 numbers: paused')).toBeVisible({ timeout: 20_000 })
        await expect(panel).toContainText('The app was restarted. Nothing more is sent until you decide.')
        expect(await sentOnce(control)).toHaveLength(4)
        await control.release(waiting)
        await panel.getByRole('button', { name: 'Continue' }).click()
        await expect(panel.getByText('Batch of 12 numbers: finished')).toBeVisible({ timeout: 20_000 })
        expect(await sentOnce(control)).toHaveLength(12)
        // Found by a request (5 s apart at least), looked at 1 and 3 s later, and told by the panel's next question (5 s).
        await expect(panel.getByText('12 returned', { exact: true })).toBeVisible({ timeout: 20_000 })
        await wholeList(page, 78)
      } finally {
        await page.close()
        await again.stop()
      }
    })
  })
})
