import { type Logger, pino } from 'pino'
import { shared } from './shared.ts'
import { currentTrace } from './trace.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof LOG_LEVELS)[number]

type Field = string | number | boolean | null

interface Line {
  at: string
  level: string
  event: string
  [field: string]: unknown
}

/** For people: `09:15:02 info signed_in account=70001`. */
function readable(text: string): string {
  // A cast: the line is our own.
  const { at, level, event, ...fields } = JSON.parse(text) as Line
  const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${value}`)
  return `${at.slice(11, 19)} ${level} ${event}${rest.join('')}\n`
}

function makeLogger(): Logger {
  const { LOG_LEVEL, NODE_ENV } = process.env
  const form = NODE_ENV === 'development' ? readable : (text: string) => text
  const options = {
    level: LOG_LEVELS.find((level) => level === LOG_LEVEL) ?? 'info',
    base: null,
    messageKey: 'event',
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: (level: string) => ({ level }) },
    mixin: () => ({ ...currentTrace() }),
  }
  return pino(options, { write: (text) => void process.stderr.write(form(text)) })
}

/** One line on standard error, without URLs, messages or stacks: Vida's token travels in URLs. */
export function log(level: Level, event: string, fields: Record<string, Field> = {}): void {
  shared('log', makeLogger)[level](fields, event)
}
