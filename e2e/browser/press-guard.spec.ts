import { openBatch } from '../support/batch.ts'
import { CONTINUE, MARK, OPENERS, pauseBatch, pressTwice, signInWithClock } from '../support/double-press.ts'
import { openConfirmation, openList, wholeList } from '../support/page-steps.ts'
import { expect, test } from '../support/return-test.ts'
import { FRONT_DESK } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const [PLACE, NEXT] = FRONT_DESK
const GAPS = [60, 500]

test.describe('two touches on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('at the point of whatever opens a confirmation in the list confirm nothing, and at that of a receipt do not mark it', async ({
    page,
    api,
    sandbox,
  }) => {
    const sent = await signInWithClock(page, sandbox.tokens.reseller)
    for (const opener of OPENERS) {
      await pressTwice(page, opener, GAPS)
      expect(sent, opener.name).toEqual([])
    }
    expect(await api.records()).toEqual([])
    expect(await api.posts()).toEqual([])

    await test.step('at the point of a receipt they do not mark it', async () => {
      await api.treatReturns({ work: 'never', answer: { kind: 'drop' } })
      await api.confirm(PLACE)
      await pressTwice(page, MARK, GAPS)
      expect(sent).toEqual([])
      expect(await api.record(PLACE.number)).toMatchObject({ outcome: 'unknown' })
    })
  })

  test('at the point of Details do not continue a paused batch', async ({ page, api, sandbox }) => {
    const id = await pauseBatch(api.client, sandbox.control)
    const before = await api.posts()
    const sent = await signInWithClock(page, sandbox.tokens.reseller)
    await pressTwice(page, CONTINUE, GAPS)
    expect(sent).toEqual([])
    expect((await api.client.get<{ state: string }>(`/api/batches/${id}`)).body.state).toBe('paused')
    expect(await api.posts()).toHaveLength(before.length)
  })

  test('the safe button is the lowest of the confirmation, a touch 300 ms after another does not count, and one after reading returns at once', async ({
    page,
    api,
    sandbox,
  }) => {
    await openList(page, sandbox.tokens.reseller)
    const dialog = await openConfirmation(page, PLACE.number)
    const button = dialog.getByRole('button', { name: 'Return number' })
    const keep = await dialog.getByRole('button', { name: 'Keep number' }).boundingBox()
    const back = await button.boundingBox()
    expect(keep?.y).toBeGreaterThanOrEqual((back?.y ?? 0) + (back?.height ?? 0))
    await expect(button).toBeEnabled()
    const [x, y] = await button.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect()
      const cover = document.createElement('div')
      cover.style.cssText = `position:fixed;z-index:99;pointer-events:auto;left:${left}px;top:${top}px;width:${width}px;height:${height}px`
      cover.addEventListener('click', () => cover.remove())
      document.body.append(cover)
      return [left + width / 2, top + height / 2] as const
    })
    const cdp = await page.context().newCDPSession(page)
    const begun = Date.now() / 1_000
    const touch = async (seconds: number) => {
      const timestamp = begun + seconds
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }], timestamp })
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [], timestamp: timestamp + 0.05 })
    }
    await touch(0)
    await touch(0.3)
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(button).toBeEnabled()
    expect(await api.records()).toEqual([])
    await button.tap()
    await expect.poll(() => api.records()).toHaveLength(1)
  })
})

test.describe('without a pointer', () => {
  test.beforeEach(async ({ page, sandbox }) => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
  })

  test('a key that was held since before does not return, and pressed anew it does; the time of a batch starts anew when it changes, and Enter in a field confirms nothing', async ({
    page,
    api,
  }) => {
    await test.step('what a batch confirms may change: then its time starts anew, and Enter in a field confirms nothing', async () => {
      const dialog = await openBatch(page, 'Front desk', 4)
      await expect(dialog.getByRole('button', { name: 'Return numbers' })).toHaveAttribute('aria-disabled', 'true')
      await dialog.getByLabel('Type the count').fill('4')
      await expect(dialog.getByRole('button', { name: 'Return numbers' })).toBeEnabled()
      await dialog.getByLabel('Type the count').press('Enter')
      await dialog.getByLabel('Note').press('Enter')
      await page.clock.install()
      await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000)
      const asked = page.getByRole('alertdialog')
      for (const { number } of FRONT_DESK.slice(0, 3))
        await asked.getByRole('button', { name: `Drop ${number}` }).click()
      const button = asked.getByRole('button', { name: 'Return number' })
      await expect(button).toHaveAttribute('aria-disabled', 'true')
      await page.clock.runFor(800)
      await expect(button).toBeEnabled()
      expect((await api.client.get<{ batches: unknown[] }>('/api/batches')).body.batches).toEqual([])
    })

    await test.step('a key that was held since before does not return, and pressed anew it does', async () => {
      await page.clock.resume()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('alertdialog')).toBeHidden()
      const dialog = await openConfirmation(page, PLACE.number)
      const button = dialog.getByRole('button', { name: 'Return number' })
      await dialog.getByLabel('Note').focus()
      await page.keyboard.down('Enter')
      await button.focus()
      for (let repeat = 0; repeat < 3; repeat += 1) await page.keyboard.down('Enter')
      await expect(button).toBeEnabled()
      for (let repeat = 0; repeat < 3; repeat += 1) await page.keyboard.down('Enter')
      await page.keyboard.up('Enter')
      await expect(dialog).toBeVisible()
      expect(await api.records()).toEqual([])

      await page.keyboard.press('Enter')
      await expect.poll(() => api.records()).toHaveLength(1)
    })
  })

  test('a press that began before the button was ready does not count when it ends after, nor does a click of assistive technology before 700 ms', async ({
    page,
    api,
  }) => {
    await test.step('a press that ends after the button was ready', async () => {
      await page.clock.install()
      const dialog = await openConfirmation(page, PLACE.number)
      const button = dialog.getByRole('button', { name: 'Return number' })
      /** The page is hidden and comes back, after which the time starts anew; then the clock stands still. */
      const hideAndReturn = () =>
        page.evaluate(() => {
          for (const hidden of [true, false]) {
            Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
            document.dispatchEvent(new Event('visibilitychange'))
          }
        })
      await expect(button).toBeEnabled()
      await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000)
      await hideAndReturn()
      await expect(button, 'a page that was hidden').toHaveAttribute('aria-disabled', 'true')
      await button.focus()
      await page.keyboard.down('Space')
      await page.clock.runFor(800)
      await expect(button).toBeEnabled()
      await page.keyboard.up('Space')

      await hideAndReturn()
      await expect(button).toHaveAttribute('aria-disabled', 'true')
      await button.hover({ force: true })
      await page.mouse.down()
      await page.clock.runFor(800)
      await expect(button).toBeEnabled()
      await page.mouse.up()
      await page.clock.runFor(100)
      expect(await api.records()).toEqual([])
      await page.clock.resume()
      await button.click()
      await expect.poll(() => api.records()).toHaveLength(1)
    })

    await test.step('a click of assistive technology counts after 700 ms, and not before', async () => {
      await page.getByRole('searchbox', { name: 'Search numbers' }).fill(NEXT.number)
      await expect(page.getByRole('button', { name: `Return ${NEXT.number}` })).toBeVisible()
      await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000)
      await page.getByRole('button', { name: `Return ${NEXT.number}` }).click()
      const button = page.getByRole('alertdialog').getByRole('button', { name: 'Return number' })
      const click = () => button.evaluate((element) => element instanceof HTMLElement && element.click())
      await click()
      await page.clock.runFor(690)
      await click()
      await page.clock.runFor(60)
      await expect(button).toBeEnabled()
      expect(await api.records()).toHaveLength(1)
      await page.clock.resume()
      await click()
      await expect.poll(() => api.records()).toHaveLength(2)
    })
  })
})
