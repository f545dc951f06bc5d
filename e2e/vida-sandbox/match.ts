import type { Role } from './tokens.ts'

export interface RequestMatch {
  method?: string
  /** The whole path, or its end without a leading slash: `phoneNumber/return`. */
  path?: string
  targetAccountId?: string
  targetOrganizationId?: string
  number?: string
  query?: Record<string, string>
  tokenRole?: Role
}

export interface RequestFacts {
  method: string
  path: string
  query: Record<string, string>
  number: string | null
  tokenRole: Role | null
}

export function agrees(match: RequestMatch, facts: RequestFacts): boolean {
  const { method, path, targetAccountId, targetOrganizationId, number, query = {}, tokenRole } = match
  const wanted = { targetAccountId, targetOrganizationId, ...query }
  return (
    (method === undefined || method === facts.method) &&
    (path === undefined || (path.startsWith('/') ? path === facts.path : facts.path.endsWith(`/${path}`))) &&
    (number === undefined || number === facts.number) &&
    (tokenRole === undefined || tokenRole === facts.tokenRole) &&
    Object.entries(wanted).every(([key, value]) => value === undefined || facts.query[key] === value)
  )
}
