import type { UseEvent } from '../../lib/domain/use/events.ts'
import type { ApiClient } from './api-client.ts'
import { type OpenStream, openLines } from './inventory.ts'

export function askUses(client: ApiClient, accountIds: readonly string[], signal?: AbortSignal): Promise<Response> {
  const headers = { origin: client.url, 'content-type': 'application/json' }
  const body = JSON.stringify({ accountIds })
  return client.raw('/api/use', { method: 'POST', headers, body, signal: signal ?? null })
}

export function openUses(client: ApiClient, accountIds: readonly string[]): Promise<OpenStream<UseEvent>> {
  return openLines((signal) => askUses(client, accountIds, signal))
}
