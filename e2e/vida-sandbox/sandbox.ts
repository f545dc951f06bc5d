import { localControl, type SandboxControl } from './control.ts'
import { handleControl } from './control-http.ts'
import { Core } from './core.ts'
import { handleApi } from './handle.ts'
import { Listener } from './listener.ts'
import type { SandboxOptions } from './options.ts'
import { type Role, tokens } from './tokens.ts'

export interface Sandbox {
  url: string
  /** The control interface, which stays reachable when the API is not. */
  controlUrl: string
  tokens: Readonly<Record<Role, string>>
  control: SandboxControl
  close: () => Promise<void>
}

/** Starts a sandbox on loopback. @throws RangeError for impossible sizes of data. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const core = new Core(options)
  const api = new Listener(options.port ?? 0, (request, response) => {
    // A defect of the sandbox itself must show as a broken connection, and neither hang nor end the process.
    handleApi(core, request, response).catch((error: unknown) => {
      process.stderr.write(`vida-sandbox: ${error instanceof Error ? error.message : String(error)}\n`)
      request.socket.destroy()
    })
  })
  const side = new Listener(0, (request, response) => void handleControl(control, request, response))
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
