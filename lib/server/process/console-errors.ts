import { log } from './log.ts'

/** Next prints what a page threw with its message and stack, which may quote anything: a line has its codes alone. */
export function logConsoleErrors(): void {
  console.error = (...printed: unknown[]) => {
    const error = printed.find((each) => each instanceof Error)
    log('error', 'page_failed', {
      name: error?.name ?? null,
      code: wordOf(error, 'code'),
      digest: wordOf(error, 'digest'),
    })
  }
}

function wordOf(error: Error | undefined, name: 'code' | 'digest'): string | null {
  const value: unknown = error && Reflect.get(error, name)
  return typeof value === 'string' && /^[\w-]{1,40}$/.test(value) ? value : null
}
