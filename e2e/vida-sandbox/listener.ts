import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'

/** A server on one port of 127.0.0.1 that can be closed and opened again on the same port. */
export class Listener {
  private readonly server: Server
  private port: number

  constructor(port: number, listener: RequestListener) {
    this.port = port
    // Longer than any test: only a fault closes an idle connection.
    this.server = createServer({ keepAliveTimeout: 120_000 }, listener)
  }

  async open(): Promise<void> {
    if (this.server.listening) return
    this.server.listen(this.port, '127.0.0.1')
    await once(this.server, 'listening')
    const address = this.server.address()
    if (address !== null && typeof address === 'object') this.port = address.port
  }

  async close(): Promise<void> {
    if (!this.server.listening) return
    const closed = once(this.server, 'close')
    this.server.close()
    this.server.closeAllConnections()
    await closed
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }
}
