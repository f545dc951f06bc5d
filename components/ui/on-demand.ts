import { useCallback, useState } from 'react'

/** A component whose code is fetched by `fetchCode`, which rejects if it can't be had (`fetchEarly` is silent); `null` until then. */
export function useOnDemand<Component>(load: () => Promise<{ default: Component }>) {
  const [Loaded, setLoaded] = useState<Component | null>(null)
  const fetchCode = useCallback(() => load().then((module) => setLoaded(() => module.default)), [load])
  const fetchEarly = useCallback(() => void fetchCode().catch(() => undefined), [fetchCode])
  return { Loaded, fetchCode, fetchEarly }
}
