import { EventEmitter } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '@/e2e/vida-sandbox/sandbox'
import { runNpmCommand } from '@/lib/server/db/testing/command'
import { temporaryDirectory } from '@/lib/server/db/testing/databases'
import { CANARIES, serveCanaries } from '@/lib/server/diagnosis/testing/canary'
import { readHidden } from './read-hidden'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
beforeEach(() => sandbox.control.reset())
afterAll(() => sandbox.close())

const doctorAt = (url: string, token: string, ...args: string[]) =>
  runNpmCommand('doctor', { VIDA_API_BASE_URL: url, VIDA_TOKEN: token, VIDA_CONCURRENCY: '8' }, args)
const doctor = (token: string, ...args: string[]) => doctorAt(sandbox.url, token, ...args)

it('says ready, and writes a report for the maintainers that nobody else can read', async () => {
  const file = join(temporaryDirectory(), 'report.json')
  const token = sandbox.tokens.reseller
  const { status, said } = await doctor(token, '--json', file)
  expect(said).toMatch(/^Verdict: ready\n/)
  expect(said).toContain('GET /api/v2/phoneNumbers: understood')
  expect(said).toContain('Inactive entries are hidden unless asked for')
  expect(said).not.toContain(token)
  expect(status).toBe(0)
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'))
  expect(report).toMatchObject({ format: 1, verdict: 'ready', isProduction: false })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const { entries } = await sandbox.control.log()
  expect(new Set(entries.map(({ method }) => method))).toEqual(new Set(['GET']))
})

it('records the answers without a value of theirs, in a folder that the sandbox replays', async () => {
  const token = sandbox.tokens.reseller
  await using canaries = await serveCanaries(sandbox.url, token)
  const folder = join(temporaryDirectory(), 'recorded')
  const verdict = ({ said }: { said: string }) => said.split('\n')[0]
  const recorded = await doctorAt(canaries.baseUrl, token, '--record', folder)
  expect(recorded.said).toMatch(/^Verdict: /)
  const text = readFileSync(join(folder, 'answers.json'), 'utf8')
  expect(canaries.values.size).toBeGreaterThan(50)
  const scalars = new Set(text.match(/(?<=")[^"]+(?=")|\d+/g))
  expect([...canaries.values].filter((value) => scalars.has(value))).toEqual([])
  for (const canary of [...CANARIES, new RegExp(token)]) expect(text).not.toMatch(canary)

  await sandbox.control.reset({ replay: folder })
  expect(verdict(await doctor(token))).toBe(verdict(recorded))
  expect((await doctor(token, '--record', '/dev/null/folder')).said).toMatch(/could not be written/)
})

it('ends with 1 where the app works with limits, and with 2 where it does not understand', async () => {
  await sandbox.control.configure({ numbersOffered: false })
  const limited = await doctor(sandbox.tokens.reseller)
  expect(limited.said).toMatch(/^Verdict: works with limits\n/)
  expect(limited.status).toBe(1)
  await sandbox.control.configure({ numbersOffered: true, numbersShape: 'other-key' })
  const lost = await doctor(sandbox.tokens.reseller)
  expect(lost.said).toMatch(/^Verdict: not understood\n[\s\S]+send the report/)
  expect(lost.status).toBe(2)
})

it('needs a token, and quotes no argument', async () => {
  const without = await doctor('')
  expect([without.status, without.said]).toEqual([2, 'No token: set VIDA_TOKEN, or run this at a terminal.\n'])
  const wrong = await doctor('some-token', '--secret-word')
  expect(wrong.status).toBe(2)
  expect(wrong.said).toMatch(/^Usage: npm run doctor/)
  expect(wrong.said).not.toContain('secret-word')
})

class Terminal extends EventEmitter {
  readonly isTTY = true
  isRaw = false
  setRawMode = (isRaw: boolean) => {
    this.isRaw = isRaw
  }
  resume = () => {}
  pause = () => {}
}

it('takes a line from a terminal without showing it', async () => {
  const terminal = new Terminal()
  let shown = ''
  const output = { write: (text: string) => (shown += text) }
  const asked = readHidden(terminal, output, 'Token: ')
  expect(terminal.isRaw).toBe(true)
  for (const keys of ['sec', 'rex\u007f', 't\u007f\u007fet\r', 'more']) terminal.emit('data', Buffer.from(keys))
  expect(await asked).toBe('secret')
  expect([shown, terminal.isRaw]).toEqual(['Token: \n', false])
  const stopped = readHidden(terminal, output, 'Token: ')
  terminal.emit('data', Buffer.from('sec\u0003'))
  expect(await stopped).toBeNull()
})
