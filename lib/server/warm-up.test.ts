import { writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSettings } from '@/lib/server/config/settings'
import { temporaryDirectory } from '@/lib/server/db/testing/databases'
import { warmUp } from './warm-up'

const ROUTES = {
  '/(signed-in)/customers/[id]/page': '/customers/[id]',
  '/api/[...path]/route': '/api/[...path]',
  '/api/batches/[batchId]/stop/route': '/api/batches/[batchId]/stop',
  '/api/session/route': '/api/session',
  '/api/settings/prices/route': '/api/settings/prices',
  '/page': '/',
}

function build(): string {
  const folder = temporaryDirectory()
  writeFileSync(join(folder, 'app-path-routes-manifest.json'), JSON.stringify(ROUTES))
  return folder
}

it('asks every route of the build by a method that it has, and ends after the last answer, also when one fails', async () => {
  const asked: string[] = []
  let answered = 0
  const handle = ({ method, url, headers, socket }: IncomingMessage, response: ServerResponse) => {
    asked.push(`${method} ${url}`)
    expect(headers.cookie).toBeUndefined()
    if (url === '/api/session') return void socket.destroy()
    setImmediate(() => response.end(() => (answered += 1)))
  }
  await warmUp(build(), handle, readSettings({}))
  expect(asked).toEqual([
    'GET /customers/1',
    'GET /api/1',
    'POST /api/batches/1/stop',
    'GET /api/session',
    'PUT /api/settings/prices',
    'GET /',
  ])
  expect(answered).toBe(5)
})

it('writes as a page of the app, by its own address if it is set', async () => {
  const origins = async (appOrigin: string | undefined) => {
    const seen = new Set<boolean>()
    const handle = ({ headers }: IncomingMessage, response: ServerResponse) => {
      seen.add(headers.origin === (appOrigin ?? `http://${headers.host}`))
      response.end()
    }
    await warmUp(build(), handle, readSettings({ APP_ORIGIN: appOrigin }))
    return [...seen]
  }
  expect(await origins(undefined)).toEqual([true])
  expect(await origins('https://numbers.example')).toEqual([true])
})
