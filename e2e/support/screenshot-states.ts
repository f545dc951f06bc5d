import type { Page } from '@playwright/test'
import type { SandboxControl } from '../vida-sandbox/control.ts'
import type { SandboxProcess } from './servers.ts'

/** A state of the screens, and how to come to it. */
export interface Scene {
  name: string
  /** Which token signs in; null: nobody does. */
  token: keyof SandboxProcess['tokens'] | null
  /** Before anybody signs in. */
  prepare?: (control: SandboxControl, page: Page) => Promise<unknown>
  /** With the page open, signed in if there is a token. */
  act?: (page: Page, control: SandboxControl) => Promise<unknown>
}

const RETURN = { path: 'phoneNumber/return' } as const
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()
const wholeList = (page: Page) => page.getByText(/^\d+ numbers in \d+ accounts/).waitFor()
const refusal = (message: string) => ({ answer: { kind: 'success-false', message } }) as const

/** Goes to an address as somebody who has read the list, and waits for what it shows. */
async function open(page: Page, address: string, shown: string | RegExp): Promise<void> {
  await wholeList(page)
  await page.goto(address)
  await page.getByText(shown).first().waitFor()
}

async function returnFirst(page: Page): Promise<void> {
  await wholeList(page)
  await button(page, /^Return \+/).click()
  await page.getByRole('button', { name: 'Return number' }).click()
}

async function returned(page: Page): Promise<void> {
  await returnFirst(page)
  await page.getByRole('status').getByText(/\+\d/).waitFor()
}

async function confirmBatch(page: Page, search: string): Promise<void> {
  await wholeList(page)
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill(search)
  await button(page, /^Select all \d+/).click()
  await button(page, /^Return \d+ selected/).click()
  await page.getByRole('alertdialog').waitFor()
}

async function returnBatch(page: Page, search: string): Promise<void> {
  await confirmBatch(page, search)
  const heading = await page.getByRole('alertdialog').getByRole('heading').first().textContent()
  await page.getByLabel('Type the count').fill(/\d+/.exec(heading ?? '')?.[0] ?? '')
  await page.getByRole('button', { name: 'Return numbers' }).click()
}

const PASTED =
  '020 7946 0101\n020 7946 9999\n(214) 555-0101\n+1 214 555 0101\n214.555.0102\nFront desk\n+1 303 556 0000'

/** Every state that design.md names, in the order of a day's work. */
export const SCENES: readonly Scene[] = [
  { name: 'sign-in', token: null },
  {
    name: 'sign-in-refused',
    token: null,
    act: async (page) => {
      await page.getByLabel('Vida API token').fill('not-a-token-of-vida')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor()
    },
  },
  {
    name: 'first-visit',
    token: 'reseller',
    prepare: (control) =>
      control.fault({ match: { path: 'listOrganizations' }, effect: { delayBeforeWorkMs: 14_000 } }),
    act: (page) => page.getByText('Looking for accounts').waitFor(),
  },
  { name: 'numbers', token: 'reseller', act: wholeList },
  {
    name: 'grouped',
    token: 'reseller',
    act: (page) => open(page, '/numbers?group=true', /^\d+ numbers in \d+ accounts/),
  },
  {
    name: 'churn-queue',
    token: 'reseller',
    act: (page) => open(page, '/numbers?view=churn', /^\d+ numbers in \d+ accounts/),
  },
  {
    name: 'number',
    token: 'reseller',
    act: async (page) => {
      await wholeList(page)
      await button(page, /^\+\d+$/).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'nothing-found',
    token: 'reseller',
    act: async (page) => {
      await wholeList(page)
      await page.getByRole('searchbox', { name: 'Search numbers' }).fill('nobody')
      await page.getByText('Nothing matches').waitFor()
    },
  },
  {
    name: 'nothing-assigned',
    token: 'otherReseller',
    prepare: async (control) => {
      for (const { number, accountId } of await control.numbers())
        if (accountId.startsWith('200')) await control.removeNumber(number)
    },
    act: (page) => page.getByText('No numbers are assigned').waitFor(),
  },
  {
    name: 'partial',
    token: 'reseller',
    prepare: (control) =>
      control.fault({
        match: { path: 'phoneNumbers', targetAccountId: '100001' },
        effect: { answer: { kind: 'status', status: 500 } },
      }),
    act: (page) => page.getByText('could not be read').first().waitFor(),
  },
  {
    name: 'stale',
    token: 'reseller',
    prepare: (_control, page) => page.clock.install(),
    act: async (page) => {
      await wholeList(page)
      await page.clock.fastForward('20:00')
      await page.getByText(/minutes ago/).waitFor()
    },
  },
  {
    name: 'offline',
    token: 'reseller',
    act: async (page) => {
      await wholeList(page)
      await page.context().setOffline(true)
      await page.getByText('You are offline').waitFor()
    },
  },
  {
    name: 'vida-down',
    token: 'reseller',
    prepare: (control) =>
      control.fault({ match: { path: 'listOrganizations' }, effect: { answer: { kind: 'status', status: 503 } } }),
    act: (page) => page.getByText('The list could not be read').waitFor({ timeout: 60_000 }),
  },
  { name: 'read-only', token: 'organization', act: wholeList },
  {
    name: 'confirmation',
    token: 'reseller',
    act: async (page) => {
      await wholeList(page)
      await button(page, /^Return \+/).click()
    },
  },
  {
    name: 'refused',
    token: 'reseller',
    prepare: (control) => control.fault({ match: RETURN, effect: refusal('A port-out of this number is pending.') }),
    act: async (page) => {
      await returnFirst(page)
      await page.getByText('A port-out of this number is pending.').waitFor()
    },
  },
  {
    name: 'unknown',
    token: 'reseller',
    prepare: (control) =>
      control.fault({ match: RETURN, effect: { work: 'never', answer: { kind: 'status', status: 500 } } }),
    act: async (page) => {
      await returnFirst(page)
      await page
        .getByText(/unknown|not known/i)
        .first()
        .waitFor()
    },
  },
  {
    name: 'already-gone',
    token: 'reseller',
    act: async (page, control) => {
      await wholeList(page)
      const number = (await button(page, /^Return \+/).getAttribute('aria-label'))?.replace('Return ', '') ?? ''
      await control.removeNumber(number)
      await returnFirst(page)
      await page.getByRole('status').getByText('Nothing was returned').waitFor()
    },
  },
  { name: 'returned', token: 'reseller', act: returned },
  {
    name: 'selection',
    token: 'reseller',
    act: async (page) => {
      await wholeList(page)
      await page
        .getByRole('checkbox', { name: /^Select \+/ })
        .nth(1)
        .click()
    },
  },
  {
    name: 'pasted',
    token: 'reseller',
    act: async (page) => {
      await wholeList(page)
      await button(page, 'Paste a list').click()
      const dialog = page.getByRole('dialog', { name: 'Paste a list' })
      await dialog.getByLabel('Numbers').fill(PASTED)
      await dialog.getByRole('button', { name: 'Compare with the list' }).click()
      await dialog.getByText('Held (3)').waitFor()
    },
  },
  { name: 'batch', token: 'reseller', act: (page) => confirmBatch(page, 'Copperline') },
  {
    name: 'batch-runs',
    token: 'reseller',
    prepare: (control) => control.fault({ match: RETURN, effect: { work: 'now', delayAfterWorkMs: 700 } }),
    act: async (page, control) => {
      await returnBatch(page, 'Harbor')
      await control.waitFor(RETURN, 6)
      await page.getByRole('progressbar', { name: 'Returning numbers' }).waitFor()
    },
  },
  {
    name: 'recap',
    token: 'reseller',
    prepare: (control) =>
      control.fault({ match: RETURN, skip: 1, times: 1, effect: refusal('A port-out of this number is pending.') }),
    act: async (page) => {
      await returnBatch(page, 'Copperline')
      await button(page, 'Recap').click({ timeout: 60_000 })
      await page.getByRole('dialog').getByText('Port-out', { exact: false }).first().waitFor()
    },
  },
  {
    name: 'history',
    token: 'reseller',
    prepare: (control) =>
      control.fault({ match: RETURN, skip: 1, times: 1, effect: refusal('A port-out of this number is pending.') }),
    act: async (page) => {
      await returned(page)
      await returnBatch(page, 'Copperline')
      await button(page, 'Recap').waitFor({ timeout: 60_000 })
      await page.goto('/history')
      await page.getByRole('table', { name: 'Returns' }).waitFor()
    },
  },
  {
    name: 'receipt',
    token: 'reseller',
    act: async (page) => {
      await returned(page)
      await page.goto('/history')
      await button(page, /^Receipt for/).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'history-days-reversed',
    token: 'reseller',
    act: (page) => open(page, '/history?from=2026-11-24&to=2026-11-01', 'The first day is after the last'),
  },
  { name: 'history-empty', token: 'reseller', act: (page) => open(page, '/history', 'Nothing has been returned yet') },
  {
    name: 'keys',
    token: 'reseller',
    act: async (page) => {
      await wholeList(page)
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'changes',
    token: 'reseller',
    act: async (page, control) => {
      await wholeList(page)
      await control.addNumber('+12145550177', '100001')
      await control.moveNumber('+12145550101', '100002')
      await page.reload()
      await button(page, /^\d+ changes? since/).click()
    },
  },
  {
    name: 'batch-paused',
    token: 'reseller',
    prepare: (control) =>
      control.fault({ match: RETURN, effect: { work: 'never', answer: { kind: 'status', status: 503 } } }),
    act: async (page) => {
      await returnBatch(page, 'Copperline')
      await page.getByRole('button', { name: 'Continue' }).waitFor({ timeout: 30_000 })
    },
  },
  {
    name: 'batch-stopped',
    token: 'reseller',
    prepare: (control) => control.fault({ match: RETURN, effect: { work: 'now', delayAfterWorkMs: 700 } }),
    act: async (page, control) => {
      await returnBatch(page, 'Harbor')
      await control.waitFor(RETURN, 4)
      await button(page, 'Stop').click()
      await button(page, 'Return the rest…').waitFor()
    },
  },
  {
    name: 'signed-out-elsewhere',
    token: 'reseller',
    act: async (page) => {
      await wholeList(page)
      const other = await page.context().newPage()
      await other.goto('/history')
      await button(other, 'Sign out').click()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      await other.close()
    },
  },
  {
    name: 'crash',
    token: 'reseller',
    act: async (page) => {
      await returned(page)
      await page.route('**/api/returns?*', async (route) => {
        const response = await route.fetch()
        const body = (await response.text()).replaceAll(/"requestedAt":"[^"]*"/g, '"requestedAt":"?"')
        await route.fulfill({ response, body })
      })
      await page.goto('/history')
      await page.getByRole('heading', { name: 'This page failed' }).waitFor()
    },
  },
  { name: 'not-found', token: null, act: (page) => page.goto('/no-such-page') },
]
