import type { Protection, ProtectionLevel, ProtectionTarget } from './protection'

const LEVEL_WORDING: Record<ProtectionLevel, string> = {
  number: 'Number',
  account: 'Agent account',
  organization: 'Organization',
}

/** “+12145551234”, “Agent account Front desk (100001)”. */
export function subjectOf({ level, target, name }: ProtectionTarget & Pick<Protection, 'name'>): string {
  if (level === 'number') return target
  return `${LEVEL_WORDING[level]} ${name === null ? target : `${name} (${target})`}`
}

/** “Agent account Front desk (100001) is protected by Ann: “Main line”.” */
export function protectedSentence(protection: Protection): string {
  const { operator, reason } = protection
  return `${subjectOf(protection)} is protected${operator ? ` by ${operator}` : ''}: “${reason}”.`
}
