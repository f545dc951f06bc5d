import * as z from 'zod/mini'

export const ROLES = ['administrator', 'partner', 'reseller', 'organization', 'agent', 'unknown'] as const
export type Role = (typeof ROLES)[number]

/** What the browser may know of the session; never the token. */
export const signedInAccountSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  canReturn: z.boolean(),
  /** Vida does not state the role: its lists showed it. */
  foundByAsking: z._default(z.boolean(), false),
})
export type SignedInAccount = z.infer<typeof signedInAccountSchema>

/** Of the name that a person types when signing in. */
export const OPERATOR_LIMIT = 80

/** Vida: “Requires reseller account”. Of an unknown role the operator decides. */
export function mayReturn(role: Role, { allowUnknownRole }: { allowUnknownRole: boolean }): boolean {
  return role === 'unknown' ? allowUnknownRole : role !== 'organization' && role !== 'agent'
}

/** Where the scan of a signed-in account begins. */
export const rootSchema = z.object({
  kind: z.enum(['partner', 'reseller', 'organization', 'agent']),
  id: z.string(),
  name: z.string(),
})
export type Root = z.infer<typeof rootSchema>

export function isSameRoot(one: Root | null, other: Root | null): boolean {
  return one?.kind === other?.kind && one?.id === other?.id
}
