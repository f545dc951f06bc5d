import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { CONTROL_METHODS, type SandboxControl } from './control.ts'

/** Answers `POST /<method>` with a JSON array of arguments: 200 `{ "value" }`, else 400 or 404 `{ "error" }`. */
export async function handleControl(
  control: SandboxControl,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = (status: number, body: object) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }
  const method = CONTROL_METHODS.find((name) => request.url === `/${name}`)
  if (!method) return answer(404, { error: `the sandbox has no ${request.url}` })
  // The other end is control-client.ts, whose arguments were checked at compile time.
  const call = control[method] as (...args: unknown[]) => Promise<unknown>
  try {
    const args = (await json(request)) as unknown[]
    answer(200, { value: await call(...args.map((arg) => arg ?? undefined)) })
  } catch (error) {
    answer(400, { error: error instanceof Error ? error.message : String(error) })
  }
}
