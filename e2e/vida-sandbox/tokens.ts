export type Role = 'administrator' | 'partner' | 'reseller' | 'otherReseller' | 'organization' | 'agent' | 'unknown'

/** Fixed tokens of this sandbox; they are no secrets and may be printed. */
export const tokens: Readonly<Record<Role, string>> = {
  administrator: 'sandbox-administrator-token-not-a-secret',
  partner: 'sandbox-partner-summit-token-not-a-secret',
  reseller: 'sandbox-reseller-northwind-not-a-secret',
  otherReseller: 'sandbox-other-reseller-token-not-a-secret',
  organization: 'sandbox-organization-token-not-a-secret',
  agent: 'sandbox-agent-account-token-not-a-secret',
  unknown: 'sandbox-unknown-role-token-not-a-secret',
}

const roleOfToken = new Map<string, Role>()
for (const role of Object.keys(tokens)) if (isRole(role)) roleOfToken.set(tokens[role], role)

/** The role of a token, or `null`. `…~7` is the seventh further token of the same account. */
export function roleOf(token: string | null): Role | null {
  return token === null ? null : (roleOfToken.get(token.replace(/~\d+$/, '')) ?? null)
}

/** 7 of `…~7`, 0 of a role's first token. */
export function countOf(token: string | null): number {
  return Number(/~(\d+)$/.exec(token ?? '')?.[1] ?? 0)
}

function isRole(word: string): word is Role {
  return Object.hasOwn(tokens, word)
}

/** Vida lets a reseller or above return a number, and here also the unknown role. */
export function mayReturn(role: Role): boolean {
  return role !== 'organization' && role !== 'agent'
}
