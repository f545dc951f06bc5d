import { Agent, request } from 'node:http'
import type { Sandbox } from './sandbox.ts'
import { type Role, tokens } from './tokens.ts'

type Query = Record<string, string | number | boolean>

export function vidaUrl(sandbox: Sandbox, role: Role, path: string, query: Query = {}): string {
  const url = new URL(`/api/v2/${path}`, sandbox.url)
  for (const [key, value] of Object.entries({ token: tokens[role], ...query })) url.searchParams.set(key, String(value))
  return url.href
}

export async function get(sandbox: Sandbox, role: Role, path: string, query: Query = {}) {
  const response = await fetch(vidaUrl(sandbox, role, path, query), { redirect: 'manual' })
  const body: unknown = await response.json()
  return { status: response.status, body }
}

export function postReturn(sandbox: Sandbox, number: string, role: Role = 'reseller', signal?: AbortSignal) {
  const init: RequestInit = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ number }),
    redirect: 'manual',
  }
  if (signal) init.signal = signal
  return fetch(vidaUrl(sandbox, role, 'phoneNumber/return'), init)
}

/** Sends GETs one after the other over a single connection, which fetch does not promise. */
export function oneConnection(): { get: (url: string) => Promise<number>; close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const send = (url: string) =>
    new Promise<number>((resolve, reject) => {
      const sent = request(url, { agent }, (response) => {
        response.resume()
        response.once('end', () => resolve(response.statusCode ?? 0))
      })
      sent.once('error', reject)
      sent.end()
    })
  return { get: send, close: () => agent.destroy() }
}
