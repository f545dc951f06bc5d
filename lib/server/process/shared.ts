/** One value for the whole process, on `globalThis`: Next bundles a module once for each kind of route. */
export function shared<Value>(name: string, make: () => Value): Value {
  const key = Symbol.for(`numberdesk.${name}`)
  const slots: Record<symbol, unknown> = globalThis as unknown as Record<symbol, unknown>
  slots[key] ??= make()
  // A cast: what is stored under our own key came from the same `make`.
  return slots[key] as Value
}
