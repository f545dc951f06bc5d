import { join } from 'node:path'
import { type ApiClient, apiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { expectedInventory, inventoryIn, lastOf } from '../support/inventory.ts'
import { startApp } from '../support/servers.ts'

test('that plain lists hold inactive accounts is found, used by every instance, and given up when it changes', async ({
  signIn,
  sandbox,
  dataDir,
}) => {
  const { control } = sandbox
  await control.reset({ size: { organizations: 15, accountsPerOrganization: 15, numbersPerAccount: 1 } })
  const whole = await expectedInventory(control)
  const listReads = async (client: ApiClient) => {
    await control.clearLog()
    const events = await client.events()
    expect(inventoryIn(events)).toEqual(whole)
    expect(lastOf(events)).toMatchObject({ complete: true })
    return (await control.log()).entries.filter(({ path }) => path.endsWith('/listAccounts')).length
  }
  const client = await signIn()
  expect([await listReads(client), await listReads(client)], 'hidden').toEqual([30, 30])
  await control.configure({ hidesInactive: false })
  expect([await listReads(client), await listReads(client)], 'listed').toEqual([30, 25])

  const other = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data') })
  expect(await listReads(await apiClient(other.url, sandbox.tokens.reseller)), 'on another instance').toBe(25)
  await other.stop()

  await control.configure({ hidesInactive: true })
  expect([await listReads(client), await listReads(client)], 'hidden again').toEqual([55, 30])
})
