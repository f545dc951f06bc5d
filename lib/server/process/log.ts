type Field = string | number | boolean | null

/**
 * One line of JSON on standard error: codes and counts, never URLs, messages or stacks, as Vida's token travels in
 * URLs.
 */
export function log(level: 'info' | 'error', event: string, fields: Record<string, Field> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`)
}
