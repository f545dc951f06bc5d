type Field = string | number | boolean | null

/** One JSON line on standard error, without URLs, messages or stacks: Vida's token travels in URLs. */
export function log(level: 'info' | 'warn' | 'error', event: string, fields: Record<string, Field> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`)
}
