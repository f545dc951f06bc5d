import type { IncomingMessage, ServerResponse } from 'node:http'
import { end } from './connections.ts'
import type { Core } from './core.ts'
import { evaluate } from './endpoints.ts'
import { workOf } from './faults.ts'
import type { LogEntry } from './log.ts'
import type { ApiRequest, Plan } from './request.ts'
import { countOf, roleOf } from './tokens.ts'
import { send, type Wire } from './wire.ts'

export async function handleApi(core: Core, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(`http://sandbox${request.url ?? '/'}`)
  const connection = core.connections.of(request.socket)
  connection.requests += 1
  const { token = null, ...query } = Object.fromEntries(url.searchParams)
  const role = roleOf(token)
  if (role !== null && countOf(token) < core.behaviour.firstToken) return refuse(response)
  const entry = core.log.begin({
    method: request.method ?? 'GET',
    path: url.pathname,
    query,
    queryKeys: [...url.searchParams.keys()],
    headerNames: Object.keys(request.headers),
    tokenRole: role,
    number: null,
    body: null,
    connection: connection.id,
    requestOnConnection: connection.requests,
  })
  const wire = wireOf(core, entry, request, response)
  if (connection.stale) {
    wire.note({ status: 'dropped' })
    return wire.end('reset')
  }
  const body = await readBody(request)
  if (body === null) return
  wire.note({ body: body.parsed ?? (body.text === '' ? null : body.text), number: numberIn(body.parsed) })

  const hit = core.faults.take(entry)
  const { id: fault = null, effect = {}, released } = hit ?? {}
  wire.note({ fault })
  const asked: ApiRequest = {
    method: entry.method,
    path: entry.path,
    query: url.searchParams,
    role: entry.tokenRole,
    body: body.parsed,
    variant: effect.variant ?? {},
    seed: entry.seq,
  }
  const perform = ({ work }: Plan) => {
    if (!work) return
    work()
    wire.note({ worked: true })
  }
  await core.clock.sleep(core.behaviour.latencyMs + (effect.delayBeforeWorkMs ?? 0))
  if (effect.waitBeforeWork) await released
  const plan = evaluate(asked, core)
  const work = workOf(effect)
  if (work === 'now') perform(plan)
  else if (work !== 'never') core.clock.later(work.afterMs, () => perform(evaluate(asked, core)))
  await core.clock.sleep(effect.delayAfterWorkMs ?? 0)
  if (effect.waitAfterWork) await released
  await send(wire, effect.answer ?? { kind: 'normal' }, plan)
}

function refuse(response: ServerResponse): void {
  response.writeHead(401, { 'content-type': 'application/json' }).end('{"success":false,"error":"Unauthorized"}')
}

function wireOf(core: Core, entry: LogEntry, request: IncomingMessage, response: ServerResponse): Wire {
  let gone = false
  let ours = false
  core.open.add(response)
  response.once('close', () => {
    gone = true
    core.open.delete(response)
    const complete = response.writableFinished || ours
    core.log.note(entry, { settled: true, aborted: !complete })
  })
  return {
    response,
    connection: core.connections.of(request.socket),
    clock: core.clock,
    note: (change) => core.log.note(entry, change),
    gone: () => gone,
    end: (how) => {
      ours = true
      end(request.socket, how)
    },
  }
}

/** The body and its JSON (`undefined` if it is none); `null` if the client disconnected. */
async function readBody(request: IncomingMessage): Promise<{ text: string; parsed: unknown } | null> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
  } catch {
    return null
  }
  const text = Buffer.concat(chunks).toString('utf8')
  if (!request.headers['content-type']?.includes('json')) return { text, parsed: undefined }
  try {
    return { text, parsed: JSON.parse(text) }
  } catch {
    return { text, parsed: undefined }
  }
}

function numberIn(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('number' in body)) return null
  return typeof body.number === 'string' ? body.number : null
}
