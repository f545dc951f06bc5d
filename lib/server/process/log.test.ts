import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const written: string[] = []
beforeEach(() => {
  written.length = 0
  vi.resetModules()
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  // The process keeps one logger; each test here wants its own.
  Reflect.deleteProperty(globalThis, Symbol.for('numberdesk.log'))
})

async function logged() {
  const { log } = await import('./log')
  log('debug', 'detail')
  log('info', 'signed_in', { account: '70001' })
  return written
}

it('is JSON with the trace, and without what LOG_LEVEL leaves out', async () => {
  const lines = (await logged()).map((text): unknown => JSON.parse(text))
  const traceId = expect.stringMatching(/^[\da-f]{32}$/)
  expect(lines).toEqual([{ level: 'info', at: expect.any(String), traceId, account: '70001', event: 'signed_in' }])
})

it('is for people in development, with details where they are wanted', async () => {
  vi.stubEnv('NODE_ENV', 'development')
  vi.stubEnv('LOG_LEVEL', 'debug')
  const [detail, line] = await logged()
  expect(detail).toMatch(/^\d\d:\d\d:\d\d debug detail traceId=/)
  expect(line).toMatch(/^\d\d:\d\d:\d\d info signed_in traceId=\w+ account=70001\n$/)
})
