import { parseArgs } from 'node:util'
import { CommandError } from './command'

const USAGE = 'Usage: npm run doctor [-- --json FILE]. The token is asked for, or taken from VIDA_TOKEN.'

export interface DoctorOrder {
  /** Where the report is written to. */
  json: string | null
}

/** @throws CommandError */
export function parseDoctor(args: string[]): DoctorOrder {
  try {
    const { values } = parseArgs({ args, options: { json: { type: 'string' } } })
    if (values.json !== '') return { json: values.json ?? null }
  } catch {}
  throw new CommandError(USAGE)
}
