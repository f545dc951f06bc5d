import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ApiClient } from './api-client.ts'

/** A token as it is, URL-encoded once and twice, in base64 at each of the three offsets, and in hex. */
export function formsOf(token: string): string[] {
  const bytes = Buffer.from(token)
  const encoded = encodeURIComponent(token)
  const inBase64 = [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    // The first and last characters also depend on the surrounding bytes.
    const inner = text.slice(offset === 0 ? 0 : 4, -4)
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const form = new URLSearchParams({ t: token }).toString().slice(2)
  const json = JSON.stringify(token).slice(1, -1)
  return [...new Set([token, json, encoded, encodeURIComponent(encoded), form, ...inBase64, bytes.toString('hex')])]
}

export function findToken(token: string, texts: ReadonlyMap<string, string>, folders: readonly string[]): string[] {
  const forms = formsOf(token)
  const found = [...texts].filter(([, text]) => forms.some((form) => text.includes(form))).map(([name]) => name)
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      const bytes = readFileSync(path)
      if (forms.some((form) => bytes.includes(form))) found.push(path)
    }
  }
  return found
}

/** An error message that quotes the request, as Vida may send one. */
export function quote(token: string): string {
  return `at GET /api/v2/account?targetAccountId=1&token=${encodeURIComponent(token)} (token ${token}, ${Buffer.from(token).toString('base64')}, ${Buffer.from(`?token=${token}`).toString('base64url')})`
}

export class ResponseLog {
  readonly texts = new Map<string, string>()

  async record(name: string, response: Response): Promise<string> {
    const text = await response.text()
    // The sealed cookie holds the token encrypted; a readable form must not be in it.
    this.texts.set(name, [response.url, ...[...response.headers].flat(), text].join('\n'))
    return text
  }
}

export async function recordEverything(responses: ResponseLog, client: ApiClient, when: string): Promise<void> {
  const rsc = { rsc: '1', 'next-router-prefetch': '1' }
  for (const path of [
    '/numbers',
    '/history',
    '/customers/8001',
    '/nothing',
    '/sign-in',
    '/api/session',
    '/api/inventory',
    '/api/returns',
    '/api/returns?format=csv',
    '/api/batches',
    '/api/protections?history=1',
    '/api/nothing',
  ])
    await responses.record(`${path} ${when}`, await client.raw(path))
  const html = responses.texts.get(`/numbers ${when}`) ?? ''
  for (const path of ['/numbers', '/history', '/customers/8001'])
    await responses.record(`${path} RSC ${when}`, await client.raw(path, { headers: rsc }))
  for (const [, script] of html.matchAll(/"(\/_next\/static\/[^"]+\.js)"/g))
    if (script) await responses.record(script, await client.raw(script))
}
