import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SandboxControl } from './control.ts'
import { sandboxControl } from './control-client.ts'
import { type Sandbox, startSandbox } from './sandbox.ts'
import { get, postReturn, vidaUrl } from './test-client.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
beforeEach(() => sandbox.control.reset())
afterAll(() => sandbox.close())

const number = '+12145550101'
const ways: [string, () => SandboxControl][] = [
  ['in this process', () => sandbox.control],
  ['over HTTP', () => sandboxControl(sandbox.controlUrl)],
]

describe.each(ways)('the control %s', (_name, way) => {
  test('injects faults, changes the behaviour and resets both', async () => {
    const control = way()
    await control.configure({ numbersShape: 'bare-strings' })
    expect(await control.fault({ match: { path: 'account' }, effect: { answer: { kind: 'empty' } } })).toBeGreaterThan(
      0,
    )
    const numbers = () => get(sandbox, 'reseller', 'phoneNumbers', { targetAccountId: 100006 })
    expect((await numbers()).body).toHaveLength(6)
    expect(await (await fetch(vidaUrl(sandbox, 'reseller', 'account'))).text()).toBe('')
    await control.reset()
    expect((await numbers()).body).toMatchObject({ success: true })
    expect((await get(sandbox, 'reseller', 'account')).status).toBe(200)
    expect((await control.log()).total).toBe(2)
  })

  test('refuses the tokens of earlier tests, which take no fault and are not logged', async () => {
    const control = way()
    await control.reset({ firstToken: 7 })
    await control.fault({ match: { path: 'account' }, times: 1, effect: { answer: { kind: 'empty' } } })
    const ask = async (further: string) => {
      const url = new URL(vidaUrl(sandbox, 'reseller', 'account'))
      url.searchParams.set('token', `${url.searchParams.get('token')}${further}`)
      const answer = await fetch(url)
      return [answer.status, await answer.text()]
    }
    for (const further of ['', '~6']) expect((await ask(further))[0]).toBe(401)
    expect(await ask('~7')).toEqual([200, ''])
    expect((await control.log()).total).toBe(1)
  })

  test('adds, moves and removes numbers, and changes accounts', async () => {
    const control = way()
    const accounts = async () =>
      (await control.numbers()).filter((place) => place.number === number).map(({ accountId }) => accountId)
    await control.moveNumber(number, '100005')
    expect(await accounts()).toEqual(['100005'])
    await control.addNumber(number, '100012')
    expect(await accounts()).toHaveLength(2)
    await control.removeNumber(number, '100005')
    expect(await accounts()).toEqual(['100012'])
    await control.removeNumber(number)
    expect(await accounts()).toEqual([])
    await expect(control.removeNumber(number)).rejects.toThrow(number)
    await expect(control.addNumber(number, '31337')).rejects.toThrow('31337')
    await control.setAccount('100001', { active: false, canceledAt: 1_700_000_000 })
    const { body } = await get(sandbox, 'reseller', 'account', { targetAccountId: 100001 })
    expect(body).toMatchObject({ active: false, vidaPremiumCanceled: 1_700_000_000 })
  })

  test('waits for requests that have not come yet, and says what is missing', async () => {
    const control = way()
    const waiting = control.waitFor({ method: 'POST', number, status: 200 })
    await postReturn(sandbox, number)
    await expect(waiting).resolves.toMatchObject([{ number, worked: true }])
    await expect(control.waitFor({ number }, 2, 10)).rejects.toThrow('1 of 2')
  })
})

describe('the log', () => {
  test('tells everything about a request but its token', async () => {
    await postReturn(sandbox, number)
    const log = await sandbox.control.log()
    expect(log).toMatchObject({
      total: 1,
      maxConcurrency: 1,
      entries: [
        {
          method: 'POST',
          path: '/api/v2/phoneNumber/return',
          query: {},
          queryKeys: ['token'],
          tokenRole: 'reseller',
          body: { number },
          number,
          status: 200,
          worked: true,
          settled: true,
          aborted: false,
          fault: null,
        },
      ],
    })
    expect(JSON.stringify(log)).not.toContain(sandbox.tokens.reseller)
  })

  test('counts requests under way, and an answered one is not', async () => {
    await sandbox.control.fault({ times: 3, effect: { answer: { kind: 'hang' } } })
    const leaving = new AbortController()
    const hung = [1, 2, 3].map(() => fetch(vidaUrl(sandbox, 'reseller', 'account'), { signal: leaving.signal }))
    await sandbox.control.waitFor({ status: 'hung' }, 3)
    for (let at = 0; at < 5; at += 1) await get(sandbox, 'reseller', 'account')
    expect((await sandbox.control.log()).maxConcurrency).toBe(4)
    leaving.abort()
    await Promise.allSettled(hung)
  })
})

describe('the API’s port', () => {
  test('refuses connections while it is made unreachable, and opens again as the same', async () => {
    const control = sandboxControl(sandbox.controlUrl)
    await control.setReachable(false)
    await expect(get(sandbox, 'reseller', 'account')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    await control.setReachable(true)
    expect((await get(sandbox, 'reseller', 'account')).status).toBe(200)
  })
})

describe('main.ts', () => {
  test('prints one line, serves data of the size it was asked for, and ends at SIGTERM', async () => {
    const main = new URL('main.ts', import.meta.url).pathname
    const flags = ['--organizations', '3', '--accounts', '2', '--numbers', '4']
    const child = spawn(process.execPath, [main, ...flags])
    const lines: string[] = []
    const output = createInterface(child.stdout).on('line', (line) => lines.push(line))
    await once(output, 'line')
    const printed: { url: string; controlUrl: string } = JSON.parse(lines[0] ?? '')
    const numbers = await sandboxControl(printed.controlUrl).numbers()
    expect(numbers.filter(({ accountId }) => Number(accountId) > 1_000_000)).toHaveLength(24)
    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await exit).toEqual([0, null])
    expect(lines).toHaveLength(1)
  })

  test('refuses flags that mean nothing', async () => {
    const main = new URL('main.ts', import.meta.url).pathname
    const child = spawn(process.execPath, [main, '--latency', 'soon'])
    expect(await once(child, 'exit')).toEqual([2, null])
  })
})
