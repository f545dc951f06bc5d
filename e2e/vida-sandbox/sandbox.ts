import type { RequestListener } from 'node:http'
import { localControl, type SandboxControl } from './control.ts'
import { controlPrefix, handleControl } from './control-http.ts'
import { Core } from './core.ts'
import { handleApi } from './handle.ts'
import { Listener } from './listener.ts'
import type { SandboxOptions } from './options.ts'
import { type Role, tokens } from './tokens.ts'

export interface Sandbox {
  /** The Vida API, `http://127.0.0.1:PORT`; answers the control interface, too. */
  url: string
  /** The control interface alone; it stays reachable when the API is made unreachable. */
  controlUrl: string
  /** One token a role. */
  tokens: Readonly<Record<Role, string>>
  control: SandboxControl
  close: () => Promise<void>
}

/** Starts a sandbox on loopback. Throws `RangeError` for a world that is too large or no world at all. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const core = new Core(options)
  const listener = (controlOnly: boolean): RequestListener => {
    return (request, response) => {
      const forControl = controlOnly || request.url?.startsWith(controlPrefix) === true
      const handled = forControl ? handleControl(control, request, response) : handleApi(core, request, response)
      // A request that breaks the sandbox itself must be seen as broken, neither hang nor end the process.
      handled.catch((error: unknown) => {
        process.stderr.write(`vida-sandbox: ${error instanceof Error ? error.message : String(error)}\n`)
        request.socket.destroy()
      })
    }
  }
  const api = new Listener(options.port ?? 0, listener(false))
  const side = new Listener(0, listener(true))
  const control = localControl(core, (reachable) => (reachable ? api.open() : api.close()))
  await api.open()
  await side.open()
  return {
    url: api.url,
    controlUrl: side.url,
    tokens,
    control,
    close: async () => {
      core.cutOff()
      core.log.close()
      await Promise.all([api.close(), side.close()])
    },
  }
}
