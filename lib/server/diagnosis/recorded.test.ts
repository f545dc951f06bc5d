import { readdirSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { SandboxOptions } from '@/e2e/vida-sandbox/options'
import { NOT_RECORDED } from '@/e2e/vida-sandbox/replay'
import { startSandbox } from '@/e2e/vida-sandbox/sandbox'
import type { InventoryEvent } from '@/lib/domain/inventory/events'
import { scan } from '@/lib/server/scan/scan'
import { createVidaClient } from '@/lib/server/vida/client'
import { Pace } from '@/lib/server/vida/pace'
import { Recorder } from './recorder'

const RECORDED = 'e2e/vida-sandbox/recorded'

async function open(options: SandboxOptions) {
  const sandbox = await startSandbox(options)
  onTestFinished(() => sandbox.close())
  const { url: baseUrl, tokens, control } = sandbox
  // One request at a time, so that what is recorded has one order.
  const client = createVidaClient({ baseUrl, token: tokens.reseller, pace: new Pace(1) })
  const problems: string[] = []
  const accounts: string[] = []
  const emit = (event: InventoryEvent) => {
    if (event.type === 'problem') problems.push(`${event.code}: ${event.detail}`)
    if (event.type === 'numbers') accounts.push(`${event.account.name}: ${event.numbers.length}`)
  }
  const { name, root } = await client.whoAmI()
  const result = await scan({
    client,
    scope: { kind: 'root', root: root && { ...root, name } },
    signal: new AbortController().signal,
    listsOffered: false,
    emit,
  })
  const { entries } = await control.log()
  return { baseUrl, token: tokens.reseller, entries, problems, accounts, result }
}

const SIZE = { organizations: 2, accountsPerOrganization: 8, numbersPerAccount: 3 }
const SHAPES: Record<string, SandboxOptions> = {
  default: { size: SIZE },
  odd: {
    size: SIZE,
    ...{ listShape: 'accounts', accountShape: 'details', numbersShape: 'bare-strings' },
    ...{ pageSizeCap: 5, hidesInactive: false, mainNumber: 'absent' },
  },
}

describe('the recordings that come with the sandbox', () => {
  it.each(Object.entries(SHAPES))(
    '“%s” is what the recorder makes of the sandbox, and reads the same',
    async (name, options) => {
      const { baseUrl, token, entries, ...live } = await open(options)
      const recorder = new Recorder(100)
      for (const { path, query } of entries) {
        const response = await fetch(`${baseUrl}${path}?${new URLSearchParams({ ...query, token })}`)
        recorder.take({ path, query, status: response.status, value: await response.json() })
      }
      const text = `${JSON.stringify(recorder.recording(), null, 1)}\n`
      await expect(text).toMatchFileSnapshot(`../../../${RECORDED}/${name}/answers.json`)

      const { result, problems, accounts } = await open({ replay: `${RECORDED}/${name}` })
      expect({ result, problems }).toEqual({ result: live.result, problems: live.problems })
      expect(result).toMatchObject({ complete: true, accountsRead: 16, numbers: 48 })
      expect(accounts).toHaveLength(live.accounts.length)
    },
  )
})

describe.each(readdirSync(RECORDED))('the recording “%s”', (name) => {
  it('is read without a problem, except for what was not asked when it was recorded', async () => {
    const { problems, accounts } = await open({ replay: `${RECORDED}/${name}` })
    expect(problems.filter((problem) => !problem.includes(NOT_RECORDED))).toEqual([])
    expect(accounts.length).toBeGreaterThan(0)
  })
})
