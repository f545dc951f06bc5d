import { parseArgs } from 'node:util'
import type { SandboxOptions } from './options.ts'

/** Of a command line. @throws Error for an option that is none, or no whole number where one is needed. */
export function optionsOf(args: readonly string[]): SandboxOptions {
  const flag = { type: 'string' } as const
  const options = {
    port: flag,
    latency: flag,
    organizations: flag,
    accounts: flag,
    numbers: flag,
    replay: flag,
    use: flag,
  }
  const { values } = parseArgs({ args: [...args], options, strict: true })
  const count = (name: keyof typeof options, otherwise: number) => {
    const value = values[name] ?? String(otherwise)
    if (!/^\d+$/.test(value)) throw new Error(`--${name} is a whole number`)
    return Number(value)
  }
  const replay = values.replay === undefined ? {} : { replay: values.replay }
  const { use = 'none' } = values
  if (use !== 'none' && use !== 'believable') throw new Error('--use is none or believable')
  const basic: SandboxOptions = { ...replay, use, port: count('port', 0), latencyMs: count('latency', 0) }
  if (!values.organizations && !values.accounts && !values.numbers) return basic
  const size = {
    organizations: count('organizations', 10),
    accountsPerOrganization: count('accounts', 10),
    numbersPerAccount: count('numbers', 2),
  }
  return { ...basic, size }
}
