import 'server-only'
import { Problem } from './problem'

/** @throws Problem `malformed` when a name comes twice: two readers could take either value. */
export function queryOf(request: Request): ReadonlyMap<string, string> {
  const query = new Map<string, string>()
  for (const [name, value] of new URL(request.url).searchParams) {
    if (query.has(name)) throw new Problem('malformed')
    query.set(name, value)
  }
  return query
}
