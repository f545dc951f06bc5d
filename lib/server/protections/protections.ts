import 'server-only'
import {
  type Place,
  type Protection,
  type ProtectionChange,
  type ProtectionLevel,
  type ProtectionTarget,
  protectionFinder,
} from '@/lib/domain/protections/protection'
import { protectedSentence } from '@/lib/domain/protections/wording'
import { count } from '@/lib/server/budgets/budgets'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { type ChangeFilter, scopeOf } from '@/lib/server/ledger/types'
import { isE164 } from '@/lib/server/phone/e164'
import { findAccount, findOrganization, isVidaId } from '@/lib/server/scan/hierarchy'
import type { Session } from '@/lib/server/session/current'
import { reasonOf } from './reason'

/** Binds every session of the account until it is lifted. @throws Problem; then nothing was changed */
export async function protect(
  ctx: Context,
  session: Session,
  { level, target, reason: typed }: ProtectionTarget & { reason: string },
): Promise<Protection> {
  const reason = reasonOf(typed)
  count(ctx, 'protectionChanges', session.identity)
  const name = await nameOf(ctx, session, level, target)
  const { operator } = session
  const answer = await ctx.ledger.protections.set(scopeOf(session), { level, target, name, reason, operator })
  if (answer.kind === 'full') throw new Problem('too_many_protections')
  if (answer.kind === 'already')
    throw new Problem('already_protected', { detail: `${protectedSentence(answer.protection)} Nothing was changed.` })
  return answer.protection
}

/** @throws Problem if it is of another account, or not below this one */
async function nameOf(ctx: Context, session: Session, level: ProtectionLevel, target: string): Promise<string | null> {
  if (level === 'number') {
    if (!isE164(target)) throw new Problem('invalid_number')
    return null
  }
  if (!isVidaId(target)) throw new Problem('invalid_account')
  if (level === 'account') return (await findAccount(ctx, session, target)).name
  const scope = await findOrganization(ctx, session, target)
  // No account is listed with its reseller, so nothing below it would be protected.
  if (scope.kind === 'reseller') throw new Problem('invalid_account')
  return scope.kind === 'organization' ? scope.organization.name : null
}

export async function lift(ctx: Context, session: Session, id: string, typed: string): Promise<ProtectionChange> {
  const reason = reasonOf(typed)
  count(ctx, 'protectionChanges', session.identity)
  const lifted = await ctx.ledger.protections.lift(scopeOf(session), id, { reason, operator: session.operator })
  if (!lifted) throw new Problem('no_protection')
  return lifted
}

/** Changes of one answer. */
const PAGE = 500

/** `nextBefore`: for `before` of the next page; null: there is no more. */
export async function listChanges(ctx: Context, session: Session, filter: Omit<ChangeFilter, 'limit'>) {
  const found = await ctx.ledger.protections.changes(scopeOf(session), { ...filter, limit: PAGE + 1 })
  const changes = found.slice(0, PAGE)
  return { changes, nextBefore: found.length > PAGE ? (changes.at(-1)?.id ?? null) : null }
}

/** At a confirmation; `beginSending` decides. @throws Problem `protected` */
export async function requireUnprotected(ctx: Context, session: Session, place: Place): Promise<void> {
  const found = await ctx.ledger.protections.over(scopeOf(session), place)
  if (found) throw protectedProblem(protectedSentence(found))
}

function protectedProblem(why: string): Problem {
  return new Problem('protected', { detail: `${why} Nothing was sent. Lift the protection first.` })
}

type Item = { number: string; account_id: string; organization_id: string | null }

/** Numbers of a refused batch that are named. */
const MOST_NAMED = 5

/** @throws Problem `protected`, which names the first ones */
export async function requireAllUnprotected(ctx: Context, session: Session, items: readonly Item[]): Promise<void> {
  const find = protectionFinder(await ctx.ledger.protections.active(scopeOf(session)))
  const found = items.flatMap(({ number, account_id: accountId, organization_id: organizationId }) => {
    const protection = find({ number, accountId, organizationId })
    return protection ? [{ number, protection }] : []
  })
  const [first] = found
  if (!first) return
  if (found.length === 1) throw protectedProblem(protectedSentence(first.protection))
  const named = found.slice(0, MOST_NAMED).map(({ number }) => number)
  const more = found.length > MOST_NAMED ? ' and more' : ''
  throw protectedProblem(`${found.length} of these numbers are protected: ${named.join(', ')}${more}.`)
}
