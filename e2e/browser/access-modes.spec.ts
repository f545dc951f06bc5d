import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'

const running = (page: Page) => page.evaluate(() => document.getAnimations().length)

/** The longest animation or transition that anything on the page has or may have, in ms. */
const longestMotion = (page: Page) =>
  page.evaluate(() => {
    const inMs = (times: string) =>
      times.split(',').map((time) => Number.parseFloat(time) * (/\dms/.test(time) ? 1 : 1000))
    const styles = [...document.querySelectorAll('*')].flatMap((element) =>
      ['', '::before', '::after'].map((part) => getComputedStyle(element, part)),
    )
    return Math.max(
      ...styles.flatMap(({ animationName, animationDuration, transitionDuration }) => [
        ...(animationName === 'none' ? [] : inMs(animationDuration)),
        ...inMs(transitionDuration),
      ]),
    )
  })

test('reduced motion is honoured: nothing moves, on its own or when pressed', async ({
  page,
  sandbox: { control, tokens },
}) => {
  const looked = await control.fault({ match: { path: 'listOrganizations' }, effect: { waitBeforeWork: true } })
  await control.fault({
    match: { path: 'phoneNumbers', targetAccountId: '100040' },
    effect: { waitBeforeWork: true },
  })
  await openList(page, tokens.reseller)

  await test.step('while accounts are looked for, by the bar that sweeps', async () => {
    const bar = page.getByRole('progressbar', { name: 'Reading accounts' })
    await expect(bar).toBeVisible()
    await expect(bar).not.toHaveAttribute('max')
    // Of what is inside a bar neither styles nor the list of animations say anything: looks are compared.
    const before = await bar.screenshot()
    const moved = async () => !(await bar.screenshot()).equals(before)
    for (const _ of [1, 2, 3]) expect(await moved()).toBe(false)
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await expect.poll(moved).toBe(true)
    await expect(bar).not.toHaveAttribute('max')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await control.release(looked)
  })

  await expect(page.getByText('+12145550101')).toBeVisible()
  expect(await running(page)).toBe(0)
  expect(await longestMotion(page)).toBeLessThanOrEqual(1)
  await page.getByRole('button', { name: 'Copy or export' }).click()
  expect(await running(page)).toBe(0)
  // How many rows were read decides whether the menu lies over this one.
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Return +12145550101' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  expect(await running(page)).toBe(0)
  expect(await longestMotion(page)).toBeLessThanOrEqual(1)
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await expect.poll(() => running(page)).toBeGreaterThan(0)
})

interface Edges {
  border: string
  outline: string
}

const edges = (locator: Locator): Promise<Edges> =>
  locator.evaluate((element) => {
    const style = getComputedStyle(element)
    return {
      border: `${style.borderTopStyle} ${style.borderTopWidth} ${style.borderTopColor}`,
      outline: `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`,
    }
  })

test('forced colours keep the edges of buttons, fields and badges, the focus and what is chosen', async ({
  page,
  sandbox,
}) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  const opaque = /^solid [12]px rgba?\((?!0, 0, 0, 0\))/
  const back = page.getByRole('button', { name: 'Return +12145550101' })
  const search = page.getByRole('searchbox', { name: 'Search numbers' })
  for (const control of [back, search, page.getByRole('button', { name: 'Refresh' })])
    expect((await edges(control)).border).toMatch(opaque)
  await back.focus()
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+Tab')
  const focused = page.locator(':focus')
  expect((await edges(focused)).outline).toMatch(opaque)
  const box = page.getByRole('checkbox', { name: 'Select +12145550101' })
  await expect(box).toBeChecked()
  expect(await box.evaluate((element) => getComputedStyle(element).appearance)).not.toBe('none')
  expect((await edges(page.getByRole('button', { name: 'All', exact: true }))).outline).toMatch(opaque)

  await back.click()
  const dialog = page.getByRole('alertdialog')
  expect((await edges(dialog)).border).toMatch(opaque)
  const confirm = dialog.getByRole('button', { name: 'Return number' })
  expect((await edges(confirm)).border).toMatch(opaque)
  await confirm.click()
  await expect(page.getByRole('status').filter({ hasText: '+12145550101' })).toBeVisible()
  const here = page.getByRole('link', { name: 'Numbers', exact: true })
  expect(await here.evaluate((element) => getComputedStyle(element).textDecorationLine)).toBe('underline')
  const dot = page.getByRole('row').filter({ hasText: '+12145550102' }).locator('span[aria-hidden]')
  expect(await dot.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(0, 0, 0)')
  await page.getByRole('link', { name: 'History' }).click()
  const badge = page.getByRole('table', { name: 'Returns' }).getByText('Returned', { exact: true })
  expect((await edges(badge)).border).toMatch(opaque)
})
