export const PROTECTION_LEVELS = ['number', 'account', 'organization'] as const
export type ProtectionLevel = (typeof PROTECTION_LEVELS)[number]

/** Of the reason for setting or lifting one, code points. */
export const REASON_LIMIT = 200

/** What is protected. `target`: E.164, or the id of an agent account or an organization. */
export interface ProtectionTarget {
  level: ProtectionLevel
  target: string
}

/** A protection that no one has lifted. `name`: of the account or organization; `setAt`: ISO 8601, UTC. */
export interface Protection extends ProtectionTarget {
  id: string
  name: string | null
  reason: string
  operator: string | null
  setAt: string
}

/** A protection was set or lifted, for `reason`, by `operator`. `protectionId` is the same in both. */
export interface ProtectionChange extends ProtectionTarget {
  id: string
  protectionId: string
  change: 'set' | 'lifted'
  name: string | null
  reason: string
  operator: string | null
  at: string
}

/** Where a number is. null: by hand, and not known. */
export interface Place {
  number: string
  accountId: string | null
  organizationId: string | null
}

/** What protects a number at this place: itself, its account, its organization. */
export function targetsOf({ number, accountId, organizationId }: Place): ProtectionTarget[] {
  const targets: ProtectionTarget[] = [{ level: 'number', target: number }]
  if (accountId !== null) targets.push({ level: 'account', target: accountId })
  if (organizationId !== null) targets.push({ level: 'organization', target: organizationId })
  return targets
}

const keyOf = ({ level, target }: ProtectionTarget) => `${level} ${target}`

/** Finds what protects a number, the narrowest first. */
export function protectionFinder(protections: readonly Protection[]): (place: Place) => Protection | null {
  const byTarget = new Map(protections.map((each) => [keyOf(each), each]))
  return (place) => {
    for (const target of targetsOf(place)) {
      const found = byTarget.get(keyOf(target))
      if (found) return found
    }
    return null
  }
}
