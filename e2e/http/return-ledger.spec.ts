import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync } from 'node:fs'
import { join } from 'node:path'
import { apiClient } from '../tools/api-client.ts'
import { expect, test } from '../tools/fixtures.ts'
import {
  askReturn,
  expectOnePost,
  FRONT_DESK,
  isListed,
  postsIn,
  recordOf,
  recordsOf,
  recordThatIs,
  storyOf,
} from '../tools/returns.ts'
import { type AppProcess, startApp } from '../tools/servers.ts'

const [place, second] = FRONT_DESK
const toReturn = { path: 'phoneNumber/return' }
const LINUX_ONLY = 'a full disk is played by prlimit(1), which is Linux’s'

/** A disk on which nothing grows any more, for this process alone: a limit on the size of what it writes. */
function setFull({ child }: AppProcess, full: boolean): void {
  const run = spawnSync('prlimit', ['--pid', String(child.pid), `--fsize=${full ? '1' : 'unlimited'}:`])
  if (run.status !== 0) throw new Error(`prlimit: ${run.stderr}`)
}

test('a read-only ledger: 503, and nothing is sent', async ({ sandbox: { control }, dataDir, signIn }) => {
  const client = await signIn()
  await client.events()
  const directory = join(dataDir, 'data')
  chmodSync(directory, 0o500)
  try {
    const { status, body } = await askReturn(client, place)
    expect([status, body.code]).toEqual([503, 'ledger_unavailable'])
    expect(await postsIn(control)).toEqual([])
    expect(await recordsOf(client)).toEqual([])
  } finally {
    chmodSync(directory, 0o700)
  }
  expect((await askReturn(client, place)).body.outcome).toBe('returned')
  await expectOnePost(control, place.number)
})

test('a full ledger: 503, and nothing is sent', async ({ app, sandbox: { control }, signIn }) => {
  test.skip(process.platform !== 'linux', LINUX_ONLY)
  const client = await signIn()
  await client.events()
  setFull(app, true)
  const { status, body } = await askReturn(client, place)
  expect([status, body.code]).toEqual([503, 'ledger_unavailable'])
  expect(await postsIn(control)).toEqual([])
  expect(await isListed(control, place.number)).toBe(true)

  setFull(app, false)
  expect(await recordsOf(client)).toEqual([])
  expect((await askReturn(client, place)).body.outcome).toBe('returned')
  await expectOnePost(control, place.number)
})

test('a ledger that fills while the account is looked at: 503, and nothing is sent', async ({
  app,
  sandbox: { control },
  signIn,
}) => {
  test.skip(process.platform !== 'linux', LINUX_ONLY)
  const client = await signIn()
  const look = { path: 'phoneNumbers' }
  await control.fault({ match: look, times: 1, effect: { delayBeforeWorkMs: 800 } })
  const asked = askReturn(client, place)
  await control.waitFor(look)
  setFull(app, true)
  const { status, body } = await asked
  expect([status, body.code]).toEqual([503, 'ledger_unavailable'])
  expect(await postsIn(control)).toEqual([])
  setFull(app, false)
  await recordThatIs(client, place.number, { outcome: 'not_sent' }, 40_000)
})

test('a ledger that fills while the request is out: the answer tells the truth, and the record follows', async ({
  app,
  sandbox: { control },
  signIn,
}) => {
  test.skip(process.platform !== 'linux', LINUX_ONLY)
  const client = await signIn()
  const slowly = { delayAfterWorkMs: 800 }
  await control.fault({ match: { ...toReturn, number: place.number }, effect: slowly })
  await control.fault({
    match: { ...toReturn, number: second.number },
    effect: { ...slowly, work: 'now', answer: { kind: 'drop' } },
  })
  const asked = [askReturn(client, place), askReturn(client, second)]
  await control.waitFor(toReturn, 2)
  setFull(app, true)
  const answers = await Promise.all(asked)
  expect(answers.map(({ status, body }) => [status, body.outcome])).toEqual([
    [200, 'returned'],
    [200, 'returned'],
  ])
  setFull(app, false)
  const told = await recordThatIs(client, place.number, { outcome: 'returned', verified: true, message: 'Success' })
  expect(storyOf(told)).toContain('vida_answered')
  await recordThatIs(client, second.number, { outcome: 'returned', verified: true })
  expect(await postsIn(control)).toHaveLength(2)
})

test('a ledger torn by a crash: what was written before is there, and nothing is sent again', async ({
  app,
  sandbox,
  dataDir,
  signIn,
}) => {
  const { control } = sandbox
  const client = await signIn()
  expect((await askReturn(client, second)).body.outcome).toBe('returned')
  await control.clearLog()
  await control.fault({ match: toReturn, effect: { work: 'now', answer: { kind: 'hang' } } })
  const cutOff = expect(askReturn(client, place)).rejects.toThrow()
  await control.waitFor({ ...toReturn, worked: true })
  await app.kill()
  await cutOff
  // Half a frame at the end of the write-ahead log, as a power cut leaves it.
  appendFileSync(join(dataDir, 'data', 'numberdesk.sqlite-wal'), Buffer.alloc(2_345, 0xa5))

  const next = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data') })
  try {
    const after = await apiClient(next.url, sandbox.tokens.reseller)
    expect(await recordOf(after, second.number)).toMatchObject({ outcome: 'returned', verified: true })
    expect(storyOf(await recordOf(after, place.number))[0]).toBe('sending')
    expect((await askReturn(after, place)).status).toBe(409)
    const record = await recordThatIs(after, place.number, { outcome: 'returned', verified: true }, 40_000)
    expect(storyOf(record)).toEqual(['sending', 'server_stopped', 'read_after'])
    await expectOnePost(control, place.number)
  } finally {
    await next.stop()
  }
})
