import { rmSync } from 'node:fs'
import { expect, test } from '../support/fixtures.ts'
import { ask } from '../support/raw-request.ts'
import { dataIn } from '../support/test-app.ts'

test.use({ sharedApp: null })

test('the health of the app is that of its database, and a bad one is a problem like any other', async ({
  app,
  dataDir,
}) => {
  const well = await ask(app.url, '/api/health')
  expect([well.status, well.text]).toEqual([200, '{"status":"ok"}'])
  rmSync(dataIn(dataDir), { recursive: true, force: true })
  const unwell = await ask(app.url, '/api/health')
  expect([unwell.status, unwell.code]).toEqual([503, 'database_unavailable'])
  expect(unwell.headers['content-type']).toBe('application/problem+json')
})
