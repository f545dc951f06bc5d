import { useCallback, useState } from 'react'

/** A component whose code is fetched by `fetchCode`, which rejects if it can't be had; `null` until then. */
export function useOnDemand<Component>(load: () => Promise<{ default: Component }>) {
  const [Loaded, setLoaded] = useState<Component | null>(null)
  const fetchCode = useCallback(() => load().then((module) => setLoaded(() => module.default)), [load])
  return { Loaded, fetchCode }
}
