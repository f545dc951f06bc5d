import { parseArgs } from 'node:util'
import { CommandError } from '@/lib/server/process/command-error'

const USAGE = 'Usage: npm run purge -- --older-than 400d [--dry-run]. Whole days, 1d to 36500d.'

export interface PurgeOrder {
  days: number
  dryRun: boolean
}

/** @throws CommandError */
export function parsePurge(args: string[]): PurgeOrder {
  const options = { 'older-than': { type: 'string' }, 'dry-run': { type: 'boolean' } } as const
  try {
    const { values } = parseArgs({ args, options })
    const days = Number(/^(\d{1,5})d$/.exec(values['older-than'] ?? '')?.[1])
    if (days >= 1 && days <= 36_500) return { days, dryRun: values['dry-run'] ?? false }
  } catch {}
  throw new CommandError(USAGE)
}
