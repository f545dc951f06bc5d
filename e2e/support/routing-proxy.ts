import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface RoutingProxy {
  url: string
  close: () => Promise<void>
}

/** Sends each request to the instance that `instanceFor` names, with its own headers. */
export async function startRoutingProxy(instanceFor: (path: string) => string): Promise<RoutingProxy> {
  const server = http.createServer((request, response) => {
    const { method, headers, url = '/' } = request
    const onward = http.request(new URL(url, instanceFor(url)), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
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
