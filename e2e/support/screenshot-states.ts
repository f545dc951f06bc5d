import type { Page } from '@playwright/test'
import type { SandboxControl } from '../vida-sandbox/control.ts'
import type { Effect } from '../vida-sandbox/faults.ts'
import type { Role } from '../vida-sandbox/tokens.ts'
import { beginBatch, openBatch } from './batch.ts'
import { checkText, openCheck } from './check-list.ts'
import { openConfirmation } from './page-steps.ts'
import { RETURN } from './returns.ts'

export interface ScreenState {
  /** Whose token signs in; `null`: nobody signs in. Default: the reseller. */
  token?: Role | null
  env?: Record<string, string>
  prepare?: (control: SandboxControl, page: Page) => Promise<unknown>
  /** The list is never read completely in this state. */
  unread?: true
  act?: (page: Page, control: SandboxControl) => Promise<unknown>
  text?: string | RegExp
}

const NUMBER = '+12145550101'
const LIST =
  'Phone numbers\n020 7946 0101\n020 7946 9999\n(214) 555-0101\n+1 214 555 0101\n214.555.0102\nFront desk\n+1 303 556 0000\n214-555-0103 ext 7\n5512345678\n1.2125550104E+10\nTotal: 9'
const REFUSAL = 'A port-out of this number is pending.'
const REFUSED: Effect = { answer: { kind: 'success-false', message: REFUSAL } }
const HOLD = { RETURN_HOLD_SECONDS: '8' }
const SLOW: Effect = { work: 'now', delayAfterWorkMs: 700 }
const failure = (status: number): Effect => ({ answer: { kind: 'status', status } })

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const goto = (path: string) => (page: Page) => page.goto(path)
const onReturns = (effect: Effect) => (control: SandboxControl) => control.fault({ match: RETURN, effect })
const secondRefused = (control: SandboxControl) => control.fault({ match: RETURN, skip: 1, times: 1, effect: REFUSED })

async function returnOne(page: Page): Promise<void> {
  const dialog = await openConfirmation(page, NUMBER)
  await dialog.getByRole('button', { name: 'Return number' }).click()
}

async function returnOneToTheEnd(page: Page): Promise<void> {
  await returnOne(page)
  await page.getByRole('status').getByText(NUMBER).waitFor()
}

async function batchToTheEnd(page: Page): Promise<void> {
  await beginBatch(page, 'Copperline', 6)
  await page.getByRole('button', { name: 'Recap' }).waitFor({ timeout: 60_000 })
}

async function diagnose(page: Page): Promise<void> {
  await page.goto('/settings')
  await press(page, 'Run diagnosis')
  await page.getByRole('table', { name: 'Diagnosis' }).waitFor()
}

/** Every state of the screens by its name, in the order of a day's work. */
export const STATES: Readonly<Record<string, ScreenState>> = {
  'sign-in': { token: null },
  'sign-in-refused': {
    token: null,
    act: async (page) => {
      await page.getByLabel('Vida API token').fill('not-a-token-of-vida')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor()
    },
  },
  'first-visit': {
    prepare: (control) =>
      control.fault({ match: { path: 'listOrganizations' }, effect: { delayBeforeWorkMs: 14_000 } }),
    unread: true,
    text: 'Looking for accounts',
  },
  numbers: {},
  grouped: { act: goto('/numbers?group=true'), text: /^\d+ numbers in \d+ accounts/ },
  'churn-queue': { act: goto('/numbers?view=churn'), text: /^\d+ numbers in \d+ accounts/ },
  number: {
    act: async (page) => {
      await press(page, /^\+\d+$/)
      await page.getByRole('dialog').waitFor()
    },
  },
  customer: { act: goto('/customers/8010'), text: '6 numbers in 3 accounts' },
  'customer-returned': {
    prepare: secondRefused,
    act: async (page) => {
      await batchToTheEnd(page)
      await page.goto('/customers/8010')
      await page.getByRole('button', { name: 'Copy text for the customer' }).waitFor()
    },
    text: 'in 3 accounts',
  },
  'customer-unknown': { act: goto('/customers/8099'), text: 'There is no customer' },
  'nothing-found': {
    act: (page) => page.getByRole('searchbox', { name: 'Search numbers' }).fill('nobody'),
    text: 'Nothing matches',
  },
  'nothing-assigned': {
    token: 'otherReseller',
    prepare: async (control) => {
      for (const { number, accountId } of await control.numbers())
        if (accountId.startsWith('200')) await control.removeNumber(number)
    },
    unread: true,
    text: 'No numbers are assigned',
  },
  partial: {
    prepare: (control) =>
      control.fault({ match: { path: 'phoneNumbers', targetAccountId: '100001' }, effect: failure(500) }),
    unread: true,
    text: '1 account failed',
  },
  stale: {
    prepare: (_control, page) => page.clock.install(),
    act: (page) => page.clock.fastForward('20:00'),
    text: /minutes ago/,
  },
  offline: { act: (page) => page.context().setOffline(true), text: 'You are offline' },
  'vida-down': {
    prepare: (control) => control.fault({ match: { path: 'listOrganizations' }, effect: failure(503) }),
    unread: true,
    text: 'The list could not be read',
  },
  'read-only': { token: 'organization' },
  'nothing-returns': { env: { READ_ONLY: '1' } },
  'role-found': {
    prepare: (control) => control.configure({ accountShape: 'documented' }),
    act: (page) => press(page, 'Settings'),
    text: 'found by asking',
  },
  'role-unknown': { token: 'unknown', unread: true, text: 'Press Refresh' },
  diagnosis: { act: diagnose, text: 'Ready' },
  'diagnosis-not-understood': {
    prepare: (control) => control.configure({ numbersShape: 'other-key' }),
    unread: true,
    act: diagnose,
    text: 'Send the report',
  },
  confirmation: { act: (page) => press(page, /^Return \+/) },
  refused: { prepare: onReturns(REFUSED), act: returnOne, text: REFUSAL },
  unknown: {
    prepare: onReturns({ ...failure(500), work: 'never' }),
    act: returnOne,
    text: /unknown|not known/i,
  },
  'already-gone': {
    act: async (page, control) => {
      await control.removeNumber(NUMBER)
      await returnOne(page)
    },
    text: 'Nothing was returned',
  },
  returned: { act: returnOneToTheEnd },
  held: { env: HOLD, act: returnOne, text: /Returning in \d+ s/ },
  'batch-held': { env: HOLD, act: (page) => beginBatch(page, 'Copperline', 6), text: /Starts in \d+ s/ },
  'history-held': {
    env: HOLD,
    act: async (page) => {
      await returnOne(page)
      await page.getByRole('button', { name: /^Undo return/ }).waitFor()
      await page.goto('/history')
    },
    text: /Sends in \d+ s/,
  },
  selection: {
    act: (page) =>
      page
        .getByRole('checkbox', { name: /^Select \+/ })
        .nth(1)
        .click(),
  },
  'check-list': {
    prepare: (control) => control.addNumber('+525512345678', '100001'),
    act: async (page) => {
      const dialog = await openCheck(page)
      await checkText(dialog, LIST)
    },
  },
  'check-list-empty': { act: openCheck },
  batch: { act: (page) => openBatch(page, 'Copperline', 6) },
  'batch-runs': {
    prepare: onReturns(SLOW),
    act: async (page, control) => {
      await beginBatch(page, 'Harbor', 15)
      await control.waitFor(RETURN, 6)
      await page.getByRole('progressbar', { name: 'Returning numbers' }).waitFor()
    },
  },
  recap: {
    prepare: secondRefused,
    act: async (page) => {
      await batchToTheEnd(page)
      await press(page, 'Recap')
      await page.getByRole('dialog').getByText('Port-out', { exact: false }).first().waitFor()
    },
  },
  history: {
    prepare: secondRefused,
    act: async (page) => {
      await returnOneToTheEnd(page)
      await batchToTheEnd(page)
      await page.goto('/history')
      await page.getByRole('table', { name: 'Returns' }).waitFor()
    },
  },
  receipt: {
    act: async (page) => {
      await returnOneToTheEnd(page)
      await page.goto('/history')
      await press(page, /^Receipt for/)
      await page.getByRole('dialog').waitFor()
    },
  },
  'history-days-reversed': {
    act: goto('/history?from=2026-11-24&to=2026-11-01'),
    text: 'The first day is after the last',
  },
  'history-empty': { act: goto('/history'), text: 'Nothing has been returned yet' },
  keys: {
    act: async (page) => {
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
  changes: {
    act: async (page, control) => {
      await control.addNumber('+12145550177', '100001')
      await control.moveNumber(NUMBER, '100002')
      await page.reload()
      await press(page, /^\d+ changes? since/)
    },
  },
  'batch-paused': {
    prepare: onReturns({ ...failure(503), work: 'never' }),
    act: async (page) => {
      await beginBatch(page, 'Copperline', 6)
      await page.getByRole('button', { name: 'Continue' }).waitFor({ timeout: 30_000 })
    },
  },
  'batch-stopped': {
    prepare: onReturns(SLOW),
    act: async (page, control) => {
      await beginBatch(page, 'Harbor', 15)
      await control.waitFor(RETURN, 4)
      await press(page, 'Stop')
      await page.getByRole('button', { name: 'Return the rest…' }).waitFor()
    },
  },
  'signed-out-elsewhere': {
    act: async (page) => {
      const other = await page.context().newPage()
      await other.goto('/history')
      await press(other, 'Sign out')
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      await other.close()
    },
  },
  crash: {
    act: async (page) => {
      await returnOneToTheEnd(page)
      await page.route('**/api/returns?*', async (route) => {
        const response = await route.fetch()
        const body = (await response.text()).replaceAll(/"requestedAt":"[^"]*"/g, '"requestedAt":"?"')
        await route.fulfill({ response, body })
      })
      await page.goto('/history')
    },
    text: 'This page failed',
  },
  'not-found': { token: null, act: goto('/no-such-page') },
}
