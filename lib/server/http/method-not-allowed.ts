import 'server-only'
import { Problem, problemResponse } from './problem'

/** A route's handler for the methods that it does not take. `allow` lists those that it takes, as in the header `Allow`. */
export function methodNotAllowed(allow: string): () => Response {
  return () => problemResponse(new Problem('method_not_allowed', { headers: { allow } }))
}
