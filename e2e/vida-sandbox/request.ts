import type { AccountNode, SandboxData } from './data.ts'
import type { Behaviour } from './options.ts'
import type { Replay } from './replay.ts'
import type { AccountShape, ListShape, NumbersShape } from './shapes.ts'
import type { Role } from './tokens.ts'

export interface Variant {
  listShape?: ListShape
  hidesInactive?: boolean
  numbersShape?: NumbersShape
  accountShape?: AccountShape
  paging?: 'repeating' | 'endless' | 'shuffled'
}

export interface ApiRequest {
  method: string
  path: string
  query: URLSearchParams
  /** `null`: no token, or an unknown one. */
  role: Role | null
  /** Parsed JSON; `undefined` if there was none or it was no JSON. */
  body: unknown
  variant: Variant
  /** Differs from request to request. */
  seed: number
}

export interface State {
  replay: Replay | null
  data: SandboxData
  behaviour: Behaviour
}

export interface Plan {
  status: number
  body: unknown
  work?: () => void
}

export function refuse(status: number, message: string): Plan {
  return { status, body: { success: false, message } }
}

/** The node that a parameter names (default: the token's own), or 404 for an unknown and 403 for a foreign id. */
export function targetOf(request: ApiRequest, data: SandboxData, parameter: string): { node: AccountNode } | Plan {
  if (request.role === null) return refuse(401, 'Unauthorized')
  const { scope } = data.identities[request.role]
  const node = data.find(request.query.get(parameter) ?? scope)
  if (!node) return refuse(404, 'Account not found')
  return data.isWithin(node.id, scope) ? { node } : refuse(403, 'Forbidden: not an account below yours')
}
