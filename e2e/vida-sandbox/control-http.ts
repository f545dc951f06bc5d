import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SandboxControl } from './control.ts'
import { NoSuchThing } from './world.ts'

/** Where the control interface lives, on both ports of a sandbox. */
export const controlPrefix = '/_sandbox/'

/** A request to the control interface that makes no sense. */
class BadControl extends Error {}

type Params = Record<string, unknown>
type Call = (control: SandboxControl, params: Params) => Promise<unknown>

// What comes in is control-client.ts of this folder, or a person with curl: only its outline is checked here.
const calls = new Map<string, Call>([
  ['POST fault', (control, params) => control.fault(trusted(params, 'effect'))],
  ['POST clear-faults', (control) => control.clearFaults()],
  ['POST reset', (control, params) => control.reset(trusted(params))],
  ['POST configure', (control, params) => control.configure(trusted(params))],
  ['GET log', (control) => control.log()],
  ['POST clear-log', (control) => control.clearLog()],
  ['GET wait', wait],
  ['GET numbers', (control) => control.numbers()],
  ['GET accounts', (control) => control.accounts()],
  [
    'POST add-number',
    (control, params) =>
      control.addNumber(text(params, 'number'), text(params, 'accountId'), trusted(record(params.details ?? {}))),
  ],
  [
    'POST move-number',
    (control, params) =>
      control.moveNumber(text(params, 'number'), text(params, 'toAccountId'), maybeText(params, 'fromAccountId')),
  ],
  [
    'POST remove-number',
    (control, params) => control.removeNumber(text(params, 'number'), maybeText(params, 'accountId')),
  ],
  ['POST set-account', (control, params) => control.setAccount(text(params, 'id'), trusted(record(params.change)))],
  ['POST set-reachable', (control, params) => control.setReachable(params.reachable === true)],
])

/** Answers one request to the control interface: 200 `{ "value" }`, or 400, 404, 408 with `{ "error" }`. */
export async function handleControl(
  control: SandboxControl,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(`http://sandbox${request.url ?? '/'}`)
  const call = calls.get(`${request.method} ${url.pathname.slice(controlPrefix.length)}`)
  if (!call) return answer(response, 404, { error: `the sandbox has no ${request.method} ${url.pathname}` })
  try {
    const params = request.method === 'GET' ? Object.fromEntries(url.searchParams) : record(await readJson(request))
    answer(response, 200, { value: (await call(control, params)) ?? null })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const bad = error instanceof BadControl || error instanceof NoSuchThing || error instanceof RangeError
    answer(response, bad ? 400 : 408, { error: message })
  }
}

function wait(control: SandboxControl, params: Params): Promise<unknown> {
  const match = record(parse(text(params, 'match')))
  const count = Number(params.count ?? 1)
  const timeoutMs = params.timeoutMs === undefined ? undefined : Number(params.timeoutMs)
  if (!Number.isFinite(count) || Number.isNaN(timeoutMs)) throw new BadControl('count and timeoutMs are numbers')
  return control.waitFor(trusted(match), count, timeoutMs)
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const body = Buffer.concat(chunks).toString('utf8')
  return body === '' ? {} : parse(body)
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new BadControl('not JSON')
  }
}

function record(value: unknown): Params {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadControl('a JSON object, please')
  return Object.fromEntries(Object.entries(value))
}

function text(params: Params, key: string): string {
  const value = params[key]
  if (typeof value !== 'string') throw new BadControl(`${key} is a string`)
  return value
}

function maybeText(params: Params, key: string): string | undefined {
  return params[key] === undefined || params[key] === null ? undefined : text(params, key)
}

/** Takes a JSON object for what the control's own type asks, after looking for the one key it cannot lack. */
function trusted<T extends object>(value: Params, needed?: string): T {
  if (needed !== undefined && typeof value[needed] !== 'object') throw new BadControl(`${needed} is missing`)
  // The types of control-client.ts have checked the rest at compile time.
  return value as T
}
