import 'server-only'
import type { PartKey } from '@/lib/domain/inventory/missing'
import type { ScanScope } from './scan'

export function partKey(scope: Exclude<ScanScope, { kind: 'root' }>): PartKey {
  if (scope.kind === 'account') return `account ${scope.account.id}`
  // Vida's routes and our problems name a partner's reseller as an organization.
  return `organization ${(scope.kind === 'reseller' ? scope.reseller : scope.organization).id}`
}

/** Scans of one identity with the same key read the same. */
export function scopeKey(scope: ScanScope): string {
  return scope.kind === 'root' ? `root ${scope.root?.kind} ${scope.root?.id}` : `${scope.kind} ${partKey(scope)}`
}
