/**
 * Tells an answer of this app's server from anything else (a proxy's page, half a body) by its names. The server built it
 * from the same type `T`; a full schema would cost 16 kB.
 */
export function shaped<T extends object>(...names: readonly (keyof T & string)[]): (value: unknown) => value is T {
  return (value): value is T => typeof value === 'object' && value !== null && names.every((name) => name in value)
}

export function orNull<T>(isT: (value: unknown) => value is T): (value: unknown) => value is T | null {
  return (value): value is T | null => value === null || isT(value)
}
