import { panelOf } from '../support/batch.ts'
import { expect, test } from '../support/fixtures.ts'
import { expectFocusKept, pressWhenReady, tabTo, wholeList } from '../support/page-steps.ts'
import { sentNumbers } from '../support/returns.ts'

test('signing in, one return and its receipt need nothing but the keyboard', async ({ page, sandbox }) => {
  await page.goto('/sign-in')
  await tabTo(page, page.getByLabel('Vida API token'))
  await page.keyboard.type(sandbox.tokens.reseller)
  await page.keyboard.press('Enter')
  await wholeList(page, 90)
  await page.keyboard.press('/')
  await page.keyboard.type('Front desk')
  await expect(page.getByRole('table', { name: 'Assigned numbers' })).toHaveAttribute('aria-rowcount', '5')
  await tabTo(page, page.getByRole('button', { name: 'Return +12145550101' }))
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Return this number?' })
  await expect(dialog.getByRole('button', { name: 'Keep number' })).toBeFocused()
  await tabTo(page, dialog.getByLabel('Note'))
  await page.keyboard.type('ticket 42')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeVisible()
  await tabTo(page, dialog.getByRole('button', { name: 'Return number' }))
  await expect(dialog.getByRole('button', { name: 'Return number' })).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '+12145550101' })).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: '+12145550102' })).toBeFocused()
  await tabTo(page, page.getByRole('link', { name: 'History' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
  const opener = page.getByRole('button', { name: 'Receipt for +12145550101' })
  await tabTo(page, opener)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Receipt for +12145550101' })).toContainText('ticket 42')
  await page.keyboard.press('Escape')
  await expect(opener).toBeFocused()
})

test.describe('an hour of work', () => {
  // The app may settle a return just before the check, which is told so by 409.
  test.use({ appEnv: { RETURN_HOLD_SECONDS: '5' }, expectedConsoleErrors: [/responded with a status of 409/] })

  test('two customers but for one number, an undone return, an unknown settled and an export need nothing but the keyboard', async ({
    page,
    sandbox: { control, tokens },
  }) => {
    const [kept, lost] = ['+12145550101', '+12145550102']
    const { keyboard } = page
    const search = async (text: string) => {
      await keyboard.press('/')
      await keyboard.press('ControlOrMeta+a')
      await keyboard.type(text)
      await keyboard.press('Enter')
    }
    await control.fault({
      match: { path: 'phoneNumber/return', number: lost },
      effect: { work: 'never', answer: { kind: 'drop' } },
    })
    await page.goto('/sign-in')
    await expect(page.getByLabel('Vida API token')).toBeFocused()
    await keyboard.type(tokens.reseller)
    await keyboard.press('Enter')
    await wholeList(page, 90)

    await test.step('select two customers, and drop one number', async () => {
      await search('Copperline')
      await keyboard.press('ControlOrMeta+a')
      await expect(page.getByText('6 selected', { exact: true })).toBeVisible()
      await keyboard.press('Escape')
      await search('Alder')
      await keyboard.press('ControlOrMeta+a')
      await expect(page.getByText('16 selected', { exact: true })).toBeVisible()
      await search(kept)
      await keyboard.press('x')
      await expect(page.getByText('15 selected', { exact: true })).toBeVisible()
    })

    await test.step('return them', async () => {
      await keyboard.press('Shift+R')
      const dialog = page.getByRole('alertdialog', { name: 'Return 15 numbers?' })
      await tabTo(page, dialog.getByLabel('Type the count'))
      await keyboard.type('15')
      await tabTo(page, dialog.getByRole('button', { name: 'Return numbers' }))
      await expect(dialog.getByRole('button', { name: 'Return numbers' })).toBeEnabled()
      await keyboard.press('Space')
      await expect(panelOf(page, 15)).toBeFocused()
      await expect(panelOf(page, 15)).toContainText('14 returned · 1 unknown', { timeout: 30_000 })
      await tabTo(page, panelOf(page, 15).getByRole('button', { name: 'Recap' }))
      await keyboard.press('Enter')
      await expect(page.getByRole('dialog', { name: 'Batch of 15 numbers' })).toBeVisible()
      await keyboard.press('Escape')
      await expect(panelOf(page, 15).getByRole('button', { name: 'Recap' })).toBeFocused()
      await keyboard.press('Escape')
      await expect(page.getByRole('region', { name: 'Activity' })).toBeHidden()
      await expectFocusKept(page)
    })

    await test.step('undo one', async () => {
      await search(kept)
      await keyboard.press('r')
      const dialog = page.getByRole('alertdialog', { name: 'Return this number?' })
      await tabTo(page, dialog.getByRole('button', { name: 'Return number' }))
      await pressWhenReady(dialog.getByRole('button', { name: 'Return number' }), 'Enter')
      await keyboard.press('ControlOrMeta+z')
      await expect(page.getByRole('status').filter({ hasText: `The return of ${kept} was undone` })).toBeVisible()
    })

    await test.step('settle the unknown one', async () => {
      await keyboard.press('g')
      await keyboard.press('a')
      await tabTo(page, page.getByRole('button', { name: 'Check all' }))
      // The app itself checks it now and then: until the person's own check has begun, each finds the number there.
      const reads = { path: 'phoneNumbers' } as const
      const reading = await control.fault({ match: reads, effect: { waitBeforeWork: true } })
      await keyboard.press('Enter')
      await control.waitFor({ ...reads, settled: false })
      await control.removeNumber(lost)
      await control.release(reading)
      const said = page.getByRole('status').filter({ hasText: '1 return checked: 1 settled' })
      await expect(said).toBeVisible()
      await expect(panelOf(page, 15)).toContainText('15 returned')
      await expect(said).toBeVisible()
      await keyboard.press('Escape')
    })

    await test.step('export what is left', async () => {
      const file = page.waitForEvent('download')
      await keyboard.press('ControlOrMeta+k')
      await keyboard.type('export csv of all')
      await keyboard.press('Enter')
      expect((await file).suggestedFilename()).toMatch(/\.csv$/)
    })
    const sent = await sentNumbers(control)
    expect(sent).toHaveLength(15)
    expect(sent).not.toContain(kept)
  })
})
