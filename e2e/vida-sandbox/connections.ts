import type { Socket } from 'node:net'

export type Ending = 'reset' | 'close'

export interface Connection {
  id: number
  requests: number
  stale: boolean
}

/** Gives each connection a number, so that a log can tell a fresh one from a reused one. */
export class Connections {
  private readonly known = new WeakMap<Socket, Connection>()
  private count = 0

  of(socket: Socket): Connection {
    const known = this.known.get(socket)
    if (known) return known
    this.count += 1
    const connection: Connection = { id: this.count, requests: 0, stale: false }
    this.known.set(socket, connection)
    return connection
  }
}

export function end(socket: Socket, how: Ending): void {
  if (how === 'reset') socket.resetAndDestroy()
  else socket.destroy()
}
