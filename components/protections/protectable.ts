import type { NumberRow } from '@/lib/domain/inventory/rows'
import type { AskedProtection, Protectable } from './use-protection-dialog'

/** The number, its agent account, or its organization. */
export function askedFor({ number, account }: Pick<NumberRow, 'number' | 'account'>): AskedProtection {
  const { id, name, organizationId, organizationName } = account
  const above: Protectable[] = [{ level: 'account', target: id, name }]
  if (organizationId !== null) above.push({ level: 'organization', target: organizationId, name: organizationName })
  return { step: 'set', choices: [{ level: 'number', target: number, name: null }, ...above] }
}
