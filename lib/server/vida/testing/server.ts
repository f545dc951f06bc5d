import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import net, { type AddressInfo, type Socket } from 'node:net'
import { createVidaClient, type ReturnReply, type VidaClient } from '@/lib/server/vida/client'
import { Pace } from '@/lib/server/vida/pace'

/** Every character is one that a URL encodes or a pattern would misread. */
export const TOKEN = 'canary+/=tok.en(7)~Ä&x'

export interface Seen {
  method: string
  url: URL
  rawUrl: string
  headers: IncomingMessage['headers']
  body: string
}

export interface TestServer extends AsyncDisposable {
  baseUrl: string
  seen: Seen[]
  connections: () => number
}

type Listener = (request: Seen, response: ServerResponse, nth: number) => void

async function listen(server: net.Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server's address is always an AddressInfo.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function serve(listener: Listener): Promise<TestServer> {
  const seen: Seen[] = []
  let connections = 0
  const server = http.createServer(async (incoming, response) => {
    let body = ''
    for await (const chunk of incoming.setEncoding('utf8')) body += chunk
    const { method = '', url: rawUrl = '', headers } = incoming
    const request = { method, url: new URL(rawUrl, 'http://vida.test'), rawUrl, headers, body }
    listener(request, response, seen.push(request) - 1)
  })
  server.on('connection', () => connections++)
  const baseUrl = await listen(server)
  const close = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return { baseUrl, seen, connections: () => connections, [Symbol.asyncDispose]: close }
}

export async function serveBytes(on: {
  connection?: (socket: Socket) => void
  bytes?: (socket: Socket, received: string) => void
}): Promise<AsyncDisposable & { baseUrl: string; received: () => string }> {
  const sockets = new Set<Socket>()
  let all = ''
  const server = net.createServer((socket) => {
    let received = ''
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      all += chunk.toString('latin1')
      on.bytes?.(socket, received)
    })
    on.connection?.(socket)
  })
  const baseUrl = await listen(server)
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((done) => server.close(done))
  }
  return { baseUrl, received: () => all, [Symbol.asyncDispose]: close }
}

export async function unusedUrl(): Promise<string> {
  const { baseUrl, [Symbol.asyncDispose]: close } = await serveBytes({})
  await close()
  return baseUrl
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

/** Time-outs that no busy machine meets. */
export function testClient(baseUrl: string, options: Partial<Parameters<typeof createVidaClient>[0]> = {}): VidaClient {
  return createVidaClient({
    baseUrl,
    token: TOKEN,
    pace: new Pace(4, { backoffMs: 10, leastPauseMs: 5 }),
    ...options,
    deadlines: { attemptMs: 8_000, totalMs: 15_000, returnMs: 8_000, backoffMs: 2, ...options.deadlines },
  })
}

export async function collect<T>(batches: AsyncIterable<T[]>): Promise<T[]> {
  const all: T[] = []
  for await (const batch of batches) all.push(...batch)
  return all
}

export function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('This should have been rejected.')
    },
    (error: unknown) => error,
  )
}

/** Connects and sends in one step; null: no connection could be made. */
export async function returnOver(client: VidaClient, e164: string): Promise<ReturnReply | null> {
  const connection = await client.connectForReturn()
  return connection === null ? null : connection.send(e164)
}
