import type { SandboxControl } from './control.ts'

/**
 * The control of a sandbox in another process; `url` is its `controlUrl` (or its `url`, where `setReachable` is not
 * needed). Each method rejects with the sandbox's own words when it says no.
 */
export function sandboxControl(url: string): SandboxControl {
  // The other end is control-http.ts of this folder, which answers what the control's types say.
  async function call<T>(method: 'GET' | 'POST', path: string, params: object = {}): Promise<T> {
    const target = new URL(`/_sandbox/${path}`, url)
    const init: RequestInit = { method }
    if (method === 'POST') init.body = JSON.stringify(params)
    else for (const [key, value] of Object.entries(params)) target.searchParams.set(key, String(value))
    const response = await fetch(target, init)
    const answer: { value: T; error?: string } = await response.json()
    if (!response.ok) throw new Error(answer.error ?? `the sandbox answered ${response.status}`)
    return answer.value
  }
  return {
    fault: (rule) => call('POST', 'fault', rule),
    clearFaults: () => call('POST', 'clear-faults'),
    reset: (options) => call('POST', 'reset', options),
    configure: (change) => call('POST', 'configure', change),
    log: () => call('GET', 'log'),
    clearLog: () => call('POST', 'clear-log'),
    waitFor: (match, count = 1, timeoutMs) =>
      call('GET', 'wait', { match: JSON.stringify(match), count, ...(timeoutMs === undefined ? {} : { timeoutMs }) }),
    numbers: () => call('GET', 'numbers'),
    accounts: () => call('GET', 'accounts'),
    addNumber: (number, accountId, details) => call('POST', 'add-number', { number, accountId, details }),
    moveNumber: (number, toAccountId, fromAccountId) =>
      call('POST', 'move-number', { number, toAccountId, fromAccountId }),
    removeNumber: (number, accountId) => call('POST', 'remove-number', { number, accountId }),
    setAccount: (id, change) => call('POST', 'set-account', { id, change }),
    setReachable: (reachable) => call('POST', 'set-reachable', { reachable }),
  }
}
