/**
 * One value for the whole process. Next bundles a module once for each kind of route, so a module variable may exist
 * several times; what must be one (scans, limits, the shutdown) hangs on `globalThis`.
 */
export function shared<Value>(name: string, make: () => Value): Value {
  const key = Symbol.for(`numberdesk.${name}`)
  const slots: Record<symbol, unknown> = globalThis as unknown as Record<symbol, unknown>
  slots[key] ??= make()
  // The key is ours alone, so what stands there came from the same `make`.
  return slots[key] as Value
}
