import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '@/e2e/vida-sandbox/sandbox'
import type { InventoryEvent } from '@/lib/domain/inventory/events'
import { createVidaClient } from '@/lib/server/vida/client'
import { Pace } from '@/lib/server/vida/pace'
import { scan } from './scan'

/** Every 15th account is inactive: the last of each organization. */
const size = { organizations: 15, accountsPerOrganization: 15, numbersPerAccount: 1 }
let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ size })
})
beforeEach(() => sandbox.control.reset())
afterAll(() => sandbox.close())

async function scanned(inactiveListed: boolean) {
  const { control } = sandbox
  await control.clearLog()
  const events: InventoryEvent[] = []
  const result = await scan({
    client: createVidaClient({ baseUrl: sandbox.url, token: sandbox.tokens.reseller, pace: new Pace(8) }),
    scope: { kind: 'root', root: { kind: 'reseller', id: '70001', name: 'Northwind Voice' } },
    signal: new AbortController().signal,
    listsOffered: true,
    inactiveListed,
    emit: (event) => void events.push(event),
  })
  const { entries } = await control.log()
  const lists = entries.filter(({ path }) => path.endsWith('/listAccounts')).map(({ query }) => query)
  const accounts = events.flatMap((event) => (event.type === 'numbers' ? [event.account] : []))
  return {
    result,
    problems: events.flatMap((event) => (event.type === 'problem' ? [`${event.code} ${event.organization?.id}`] : [])),
    lists: {
      plain: lists.filter(({ active }) => !active).length,
      inactive: lists.filter(({ active }) => active).length,
    },
    inactive: accounts.filter(({ active }) => active === false).length,
    accounts: accounts.length,
  }
}

const WHOLE = { accounts: 225, inactive: 15, problems: [], result: { complete: true, accountsRead: 225 } }

it('finds whether plain lists hold inactive accounts, by reading each list both ways', async () => {
  expect(await scanned(false)).toMatchObject({ ...WHOLE, lists: { plain: 15, inactive: 15 } })
  expect((await scanned(false)).result.inactiveListed).toBe(false)
  await sandbox.control.configure({ hidesInactive: false })
  const found = await scanned(false)
  expect(found).toMatchObject({ ...WHOLE, lists: { plain: 15, inactive: 15 } })
  expect(found.result.inactiveListed).toBe(true)
})

it('reads each list once where they were found to, and ten of them both ways', async () => {
  await sandbox.control.configure({ hidesInactive: false })
  const scan = await scanned(true)
  expect(scan).toMatchObject({ ...WHOLE, lists: { plain: 15, inactive: 10 } })
  expect(scan.result).toMatchObject({ inactiveListed: null, sampled: true })
})

it('reads every list both ways again when the installation has changed its ways', async () => {
  const scan = await scanned(true)
  expect(scan).toMatchObject({ ...WHOLE, lists: { plain: 30, inactive: 25 } })
  expect(scan.result).toMatchObject({ inactiveListed: false, sampled: false })
})

it('does the same for one hidden account in the sample', async () => {
  await sandbox.control.reset({ size: { ...size, organizations: 10 }, hidesInactive: false })
  const match = { path: 'listAccounts', targetOrganizationId: '10007' }
  await sandbox.control.fault({ match, effect: { variant: { hidesInactive: true } } })
  const scan = await scanned(true)
  expect(scan).toMatchObject({ accounts: 150, inactive: 10, lists: { plain: 20, inactive: 20 }, problems: [] })
  expect(scan.result).toMatchObject({ complete: true, inactiveListed: false })
})

it('finds nothing where a list failed or nothing is inactive, and names the failed one', async () => {
  await sandbox.control.configure({ hidesInactive: false })
  const match = { path: 'listAccounts', query: { targetOrganizationId: '10007', active: 'false' } }
  await sandbox.control.fault({ match, effect: { answer: { kind: 'status', status: 400 } } })
  const failed = await scanned(false)
  expect(failed).toMatchObject({ problems: ['read_refused 10007'], accounts: 225 })
  expect(failed.result).toMatchObject({ complete: false, inactiveListed: null })
  await sandbox.control.reset({ size: { ...size, accountsPerOrganization: 0 }, hidesInactive: false })
  expect((await scanned(false)).result).toMatchObject({ complete: true, inactiveListed: null })
})

it('says so where the second reading of a sampled list fails', async () => {
  await sandbox.control.reset({ size: { ...size, organizations: 10 }, hidesInactive: false })
  const match = { path: 'listAccounts', query: { targetOrganizationId: '10007', active: 'false' } }
  await sandbox.control.fault({ match, effect: { answer: { kind: 'status', status: 400 } } })
  const scan = await scanned(true)
  expect(scan).toMatchObject({ accounts: 150, lists: { plain: 10, inactive: 10 }, problems: ['read_refused 10007'] })
  expect(scan.result).toMatchObject({ complete: false, inactiveListed: null })
})
