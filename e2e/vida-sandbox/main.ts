import { parseArgs } from 'node:util'
import type { SandboxOptions } from './options.ts'
import { startSandbox } from './sandbox.ts'
import { accountShapes, listShapes, numbersShapes } from './shapes.ts'

const flags = {
  port: { type: 'string' },
  organizations: { type: 'string' },
  accounts: { type: 'string' },
  numbers: { type: 'string' },
  latency: { type: 'string' },
  jitter: { type: 'string' },
  'page-size-cap': { type: 'string' },
  'list-shape': { type: 'string' },
  'numbers-shape': { type: 'string' },
  'account-shape': { type: 'string' },
  ids: { type: 'string' },
  'log-limit': { type: 'string' },
  'show-inactive': { type: 'boolean' },
  'no-phone-numbers': { type: 'boolean' },
} as const

try {
  const { url, controlUrl, tokens } = await startSandbox(optionsOf(process.argv.slice(2)))
  process.stdout.write(`${JSON.stringify({ url, controlUrl, tokens })}\n`)
} catch (error) {
  process.stderr.write(`vida-sandbox: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(2)
}
process.on('SIGTERM', () => process.exit(0))
process.on('SIGINT', () => process.exit(0))

function optionsOf(args: string[]): SandboxOptions {
  const { values } = parseArgs({ args, options: flags, strict: true })
  const options: SandboxOptions = {
    port: count(values.port, 'port', 0),
    latencyMs: count(values.latency, 'latency', 0),
    jitterMs: count(values.jitter, 'jitter', 0),
    hideInactive: values['show-inactive'] !== true,
    numbersOffered: values['no-phone-numbers'] !== true,
    listShape: oneOf(values['list-shape'], 'list-shape', listShapes),
    numbersShape: oneOf(values['numbers-shape'], 'numbers-shape', numbersShapes, 'phone-number-objects'),
    accountShape: oneOf(values['account-shape'], 'account-shape', accountShapes),
    idsAs: oneOf(values.ids, 'ids', ['mixed', 'numbers', 'strings'] as const),
    logLimit: count(values['log-limit'], 'log-limit', 200_000),
  }
  const cap = values['page-size-cap']
  if (cap !== undefined) options.pageSizeCap = Math.max(1, count(cap, 'page-size-cap', 1))
  const sized = [values.organizations, values.accounts, values.numbers].some((value) => value !== undefined)
  if (sized) {
    options.size = {
      organizations: count(values.organizations, 'organizations', 10),
      accountsPerOrganization: count(values.accounts, 'accounts', 10),
      numbersPerAccount: count(values.numbers, 'numbers', 2),
    }
  }
  return options
}

function count(value: string | undefined, flag: string, otherwise: number): number {
  if (value === undefined) return otherwise
  if (!/^\d+$/.test(value)) throw new Error(`--${flag} is a whole number`)
  return Number(value)
}

/** Without the flag: `otherwise`, or the first choice. */
function oneOf<T extends string>(
  value: string | undefined,
  flag: string,
  choices: readonly [T, ...T[]],
  otherwise?: T,
): T {
  if (value === undefined) return otherwise ?? choices[0]
  const chosen = choices.find((choice) => choice === value)
  if (chosen === undefined) throw new Error(`--${flag} is one of ${choices.join(', ')}`)
  return chosen
}
