/** Gives the value of that name, made by the first caller; every copy of a bundled module gets the same. */
export type Shared = <Value>(name: string, make: () => Value) => Value

export function sharedIn(owner: object): Shared {
  const values = owner as Record<symbol, unknown>
  return <Value>(name: string, make: () => Value): Value => {
    const key = Symbol.for(`numberdesk.${name}`)
    values[key] ??= make()
    // The key is ours alone, so the value came from the same `make`.
    return values[key] as Value
  }
}

/** One value for the whole process: Next bundles a module several times, so its variables may exist several times. */
export const shared: Shared = sharedIn(globalThis)
