import { expect, test } from '../support/fixtures.ts'
import { ask, ownHeaders } from '../support/raw-request.ts'

const API_TO_PAGE = ['/api/../numbers', '/api/%2e%2e/numbers', '/api/.%2E//numbers', '/api\\..\\numbers', '//numbers']

test('a page takes no POST and no DELETE, however its path is written', async ({ app, signIn }) => {
  const { cookie } = await signIn()
  for (const path of API_TO_PAGE) {
    for (const method of ['POST', 'DELETE']) {
      const answer = await ask(app.url, path, { method, headers: ownHeaders(app.url, cookie), body: '{}' })
      expect([answer.status, answer.code], `${method} ${path}`).toEqual([405, 'method_not_allowed'])
      expect(answer.headers.allow).toBe('GET, HEAD')
    }
    expect((await ask(app.url, path, { headers: { cookie } })).text, `GET ${path}`).toContain('Northwind Voice')
  }
  const form = await ask(app.url, '/api/../sign-in', { method: 'POST', headers: { origin: app.url } })
  expect([form.status, form.headers.location]).toEqual([303, '/sign-in'])
})

test('a route of the API takes its own methods and makes its own checks, however its path is written', async ({
  app,
  signIn,
}) => {
  const { cookie } = await signIn()
  for (const path of ['/numbers/../api/session', '/api/./session', '/api//session', '/%61pi/session']) {
    const put = await ask(app.url, path, { method: 'PUT', headers: ownHeaders(app.url, cookie), body: '{}' })
    expect([put.status, put.headers.allow], path).toEqual([405, 'GET, HEAD, POST, DELETE'])
    const foreign = { ...ownHeaders(app.url, cookie), origin: 'https://evil.example' }
    expect((await ask(app.url, path, { method: 'DELETE', headers: foreign })).status, path).toBe(403)
    expect((await ask(app.url, path, { headers: { cookie } })).text, path).toContain('Northwind Voice')
  }
})

test('a path that can be read in two ways is refused', async ({ app, sandbox, signIn }) => {
  const { cookie } = await signIn()
  await sandbox.control.clearLog()
  for (const path of [
    '/api%2Fsession',
    '/api/%5c../numbers',
    '/api/%252e%252e/numbers',
    '/numbers%00',
    '/numbers#/api',
  ]) {
    for (const method of ['GET', 'POST']) {
      const answer = await ask(app.url, path, { method, headers: ownHeaders(app.url, cookie) })
      expect([answer.status, answer.code], `${method} ${path}`).toEqual([400, 'malformed'])
    }
  }
  expect((await sandbox.control.log()).total).toBe(0)
})
