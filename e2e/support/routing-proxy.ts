import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface RoutingProxy {
  url: string
  close: () => Promise<void>
}

/** As a balancer does: an instance that takes no connection got nothing of the request. */
const MOST_TRIES = 4

/** Sends each request to the instance that `instanceFor` names, with its own headers. */
export async function startRoutingProxy(instanceFor: (path: string) => string): Promise<RoutingProxy> {
  const server = http.createServer(async (request, response) => {
    const { method, headers, url = '/' } = request
    const body = await buffer(request).catch(() => null)
    if (body === null) return
    const send = (tries: number) => {
      const onward = http.request(new URL(url, instanceFor(url)), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
        answer.on('error', () => response.destroy())
      })
      onward.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED' && tries < MOST_TRIES) send(tries + 1)
        else response.destroy()
      })
      response.on('close', () => onward.destroy())
      onward.end(body)
    }
    send(1)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, close }
}
