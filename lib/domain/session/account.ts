import * as z from 'zod/mini'

/** Roles by the rules that Vida documents; `unknown` is one that none of them matches. */
export const ROLES = ['administrator', 'partner', 'reseller', 'organization', 'agent', 'unknown'] as const
export type Role = (typeof ROLES)[number]

/** Who is signed in, as the browser may know it. It never holds the token. */
export const signedInAccountSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  canReturn: z.boolean(),
})
export type SignedInAccount = z.infer<typeof signedInAccountSchema>

/** Whether Vida lets this role return numbers (the seed: “Requires reseller account”); an unknown role is for Vida to decide. */
export function mayReturn(role: Role): boolean {
  return role !== 'organization' && role !== 'agent'
}

/** Where the scan of a signed-in account begins. Its name is shown where it holds numbers itself. */
export const rootSchema = z.object({
  kind: z.enum(['partner', 'reseller', 'organization', 'agent']),
  id: z.string(),
  name: z.string(),
})
export type Root = z.infer<typeof rootSchema>
