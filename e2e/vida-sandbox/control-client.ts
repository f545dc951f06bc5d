import { CONTROL_METHODS, type SandboxControl } from './control.ts'

/** Controls a sandbox in another process by its `controlUrl`. Each method rejects with the sandbox's own message. */
export function sandboxControl(controlUrl: string): SandboxControl {
  const remote =
    (method: string) =>
    async (...args: unknown[]) => {
      const response = await fetch(new URL(method, controlUrl), { method: 'POST', body: JSON.stringify(args) })
      const { value, error }: { value: unknown; error?: string } = await response.json()
      if (!response.ok) throw new Error(error)
      return value
    }
  // handleControl in control-http.ts calls the method of this name, so the types are those of SandboxControl.
  return Object.fromEntries(CONTROL_METHODS.map((method) => [method, remote(method)])) as unknown as SandboxControl
}
