import type { ServerResponse } from 'node:http'
import type { Clock } from './clock.ts'
import type { Connection, Ending } from './connections.ts'
import type { Answer } from './faults.ts'
import type { LogEntry } from './log.ts'
import type { Plan } from './request.ts'

export interface Wire {
  response: ServerResponse
  connection: Connection
  clock: Clock
  note: (change: Partial<LogEntry>) => void
  gone: () => boolean
  /** Closes the connection, which the log does not count as aborted by the client. */
  end: (how: Ending) => void
}

const json = 'application/json; charset=utf-8'

export async function send(wire: Wire, answer: Answer, plan: Plan): Promise<void> {
  if (wire.gone()) return
  const normal = JSON.stringify(plan.body)
  switch (answer.kind) {
    case 'normal':
      return whole(wire, plan.status, normal)
    case 'status': {
      const { status, message = `Answered ${status}`, body, text, contentType, headers } = answer
      const content = text ?? JSON.stringify(body === undefined ? { success: false, message } : body)
      return whole(wire, status, content, { 'content-type': contentType ?? json, ...headers })
    }
    case 'redirect':
      return whole(wire, answer.status, '', { location: answer.location })
    case 'html':
      return whole(wire, 200, '<!doctype html><h1>Be right back</h1>', { 'content-type': 'text/html' })
    case 'empty':
      return whole(wire, 200, '')
    case 'without-success':
      return whole(wire, 200, '{"message":"Success"}')
    case 'success-false':
      return whole(wire, 200, JSON.stringify({ success: false, message: answer.message ?? 'Not today' }))
    case 'malformed':
      return whole(wire, 200, '{"success":true,,"message":Success}')
    case 'truncated':
      return truncated(wire, plan.status, Buffer.from(normal), answer.by)
    case 'hang':
      return wire.note({ status: 'hung' })
    case 'drop':
      wire.note({ status: 'dropped' })
      return wire.end(answer.how ?? 'reset')
    case 'stale-keep-alive':
      wire.connection.stale = true
      return whole(wire, plan.status, normal)
    case 'drip':
      return drip(wire, plan.status, Buffer.from(normal), answer.bytes ?? 1, answer.everyMs ?? 100)
    case 'endless':
      return endless(wire, answer.everyMs ?? 5)
    case 'huge':
      return huge(wire, plan.status, normal, answer.megabytes)
  }
}

function whole({ response, note }: Wire, status: number, content: string, headers: Record<string, string> = {}): void {
  const bodiless = status === 204 || status === 304
  const length = bodiless ? {} : { 'content-length': Buffer.byteLength(content) }
  // Before the answer: the client's next request must not count as simultaneous with this one.
  note({ status, settled: true })
  response.writeHead(status, { 'content-type': json, ...length, ...headers })
  response.end(bodiless ? undefined : content)
}

function truncated(wire: Wire, status: number, content: Buffer, by: 'connection' | 'body'): void {
  const half = content.subarray(0, Math.floor(content.length / 2))
  if (by === 'body') {
    whole(wire, status, half.toString('utf8'))
    return
  }
  wire.note({ status })
  wire.response.writeHead(status, { 'content-type': json, 'content-length': content.length })
  wire.response.write(half, () => wire.end('close'))
}

async function drip(wire: Wire, status: number, content: Buffer, bytes: number, everyMs: number): Promise<void> {
  wire.note({ status })
  wire.response.writeHead(status, { 'content-type': json, 'content-length': content.length })
  for (let at = 0; at < content.length && !wire.gone(); at += bytes) {
    wire.response.write(content.subarray(at, at + bytes))
    await wire.clock.sleep(everyMs)
  }
  finish(wire)
}

async function endless(wire: Wire, everyMs: number): Promise<void> {
  wire.note({ status: 200 })
  wire.response.writeHead(200, { 'content-type': json })
  wire.response.write('{"success":true,"filler":"')
  const chunk = 'x'.repeat(65_536)
  while (!wire.gone()) {
    await write(wire, chunk)
    await wire.clock.sleep(everyMs)
  }
}

async function huge(wire: Wire, status: number, normal: string, megabytes: number): Promise<void> {
  wire.note({ status })
  wire.response.writeHead(status, { 'content-type': json })
  wire.response.write(normal)
  const chunk = ' '.repeat(65_536)
  for (let sent = 0; sent < megabytes * 1_048_576 && !wire.gone(); sent += chunk.length) await write(wire, chunk)
  finish(wire)
}

/** Resolves when the buffer has room, or the client has disconnected. */
function write({ response }: Wire, chunk: string): Promise<void> {
  if (response.write(chunk)) return Promise.resolve()
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go)
      response.off('close', go)
      resolve()
    }
    response.once('drain', go)
    response.once('close', go)
  })
}

function finish(wire: Wire): void {
  if (wire.gone()) return
  wire.note({ settled: true })
  wire.response.end()
}
