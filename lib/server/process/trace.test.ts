import { expect, it } from 'vitest'
import { currentTrace, traceAccount, traced, traceId, traceIdOf } from './trace'

const PARENT = '4bf92f3577b34da6a3ce929d0e0e4736'
const NEW = /^[\da-f]{32}$/

it('a trusted proxy names the trace, by W3C Trace Context or else by X-Request-Id', () => {
  const traceparent = `00-${PARENT}-00f067aa0ba902b7-01`
  expect(traceIdOf({ traceparent, 'x-request-id': 'a-request-1' }, 1)).toBe(PARENT)
  expect(traceIdOf({ traceparent: `${traceparent}-later` }, 1)).toBe(PARENT)
  expect(traceIdOf({ 'x-request-id': 'a-request-1' }, 1)).toBe('a-request-1')
})

it('what is no id, or comes without a trusted proxy, gets a new one', () => {
  for (const traceparent of [`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `00-${PARENT}`, `${PARENT} x`])
    expect(traceIdOf({ traceparent, 'x-request-id': 'a b\nc' }, 1)).toMatch(NEW)
  expect(traceIdOf({ 'x-request-id': 'x'.repeat(65) }, 1)).toMatch(NEW)
  expect(traceIdOf({ 'x-request-id': 'a-request-1' }, 0)).toMatch(NEW)
})

it('work that a request begins keeps its trace after the answer, beside that of the process', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const later = traced({ traceId: 'one', client: null }, () => {
    traceAccount('70001')
    return promise.then(currentTrace)
  })
  const ofProcess = traceId()
  resolve()
  expect(await later).toEqual({ traceId: 'one', client: null, account: '70001' })
  expect(traceId()).toBe(ofProcess)
})
