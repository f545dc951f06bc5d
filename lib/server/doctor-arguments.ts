import { parseArgs } from 'node:util'
import { CommandError } from '@/lib/server/process/command-error'

const USAGE = 'Usage: npm run doctor [-- --json FILE --record DIR]. The token is asked for, or taken from VIDA_TOKEN.'

export interface DoctorOrder {
  json: string | null
  /** The folder where the answers are written to, without their values. */
  record: string | null
}

/** @throws CommandError */
export function parseDoctor(args: string[]): DoctorOrder {
  try {
    const path = { type: 'string' } as const
    const { json, record } = parseArgs({ args, options: { json: path, record: path } }).values
    if (json !== '' && record !== '') return { json: json ?? null, record: record ?? null }
  } catch {}
  throw new CommandError(USAGE)
}
