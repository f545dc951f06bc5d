/** Checks names alone: this app's server built the answer from the same `T`, and a full schema would cost 16 kB. */
export function shaped<T extends object>(...names: readonly (keyof T & string)[]): (value: unknown) => value is T {
  return (value): value is T => typeof value === 'object' && value !== null && names.every((name) => name in value)
}

export function orNull<T>(isT: (value: unknown) => value is T): (value: unknown) => value is T | null {
  return (value): value is T | null => value === null || isT(value)
}
