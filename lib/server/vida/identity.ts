import 'server-only'
import type { Role, Root } from '@/lib/domain/session/account'
import { flatten, nameOf } from './account'
import { type Fields, idOf } from './fields'

/** `root`: where its scan begins; null: Vida does not say (problem `scope_unknown`). */
export interface VidaCaller {
  id: string
  name: string
  role: Role
  root: Omit<Root, 'name'> | null
  organizationId: string | null
  resellerId: string | null
  partnerId: string | null
}

/** The first rule that matches decides (`docs/vida-api.md`, “Who is signed in”). */
function roleOf(fields: Fields): Role {
  const type = typeof fields.accountType === 'string' ? fields.accountType.trim().toLowerCase() : null
  const organizationId = idOf(fields.organizationId)
  const isOwn = (parent: unknown) => organizationId !== null && organizationId === idOf(parent)
  if (fields.superAdmin === true) return 'administrator'
  if (type === 'partner' || isOwn(fields.partnerId)) return 'partner'
  if (type === 'reseller' || isOwn(fields.resellerId)) return 'reseller'
  if (type === 'account') return 'agent'
  if (type === 'organization' || (type === 'user' && organizationId !== null)) return 'organization'
  return 'unknown'
}

type Candidate = readonly [kind: Root['kind'], id: string | null]

/** An administrator gets the widest root that is named; an unknown role the narrowest. */
function rootOf(role: Role, id: string, candidates: readonly Candidate[]): VidaCaller['root'] {
  if (role === 'agent') return { kind: 'agent', id }
  const order = role === 'unknown' ? candidates.toReversed() : candidates
  for (const [kind, named] of order) {
    if (kind === role) return { kind, id: named ?? id }
    if (named !== null && (role === 'administrator' || role === 'unknown')) return { kind, id: named }
  }
  return null
}

/** Null without an id: an answer in an unknown shape. */
export function parseCaller(value: unknown): VidaCaller | null {
  const fields = flatten(value)
  const id = fields && idOf(fields.id)
  if (!fields || !id) return null
  const role = roleOf(fields)
  const partnerId = idOf(fields.partnerId)
  const resellerId = idOf(fields.resellerId)
  const organizationId = idOf(fields.organizationId)
  const root = rootOf(role, id, [
    ['partner', partnerId],
    ['reseller', resellerId],
    ['organization', organizationId],
  ])
  const name = nameOf(fields, role === 'agent' ? 'account' : 'organization', id)
  return { id, name, role, root, organizationId, resellerId, partnerId }
}
