import 'server-only'
import type { Role } from '@/lib/domain/session/account'
import { cleanLine } from '@/lib/domain/text/clean'
import type { Context } from '@/lib/server/context/context'
import type { SessionRow } from '@/lib/server/session-store/session-store'
import type { VidaCaller } from '@/lib/server/vida/identity'
import type { Session } from './current'
import { canReturn } from './may-return'

export type Stated = Pick<SessionRow, 'account' | 'root'>

const NAME_LIMIT = 200

/**
 * What Vida states of an account. A role that it does not state is looked for in its lists; once found, it stays.
 * @param before what was known last
 * @returns `isAnswered`: false where the lists could not be asked, so that it is worth asking again
 */
export async function statedBy(
  ctx: Context,
  asker: Pick<Session, 'token' | 'identity'>,
  caller: VidaCaller,
  before: Stated | null,
): Promise<{ stated: Stated; isAnswered: boolean }> {
  const { id } = caller
  const name = cleanLine(caller.name, NAME_LIMIT)
  const answer = (role: Role, root: VidaCaller['root'], foundByAsking: boolean, isAnswered = true) => {
    const account = { id, name, role, canReturn: canReturn(ctx.settings, role), foundByAsking }
    return { stated: { account, root: root && { ...root, name } }, isAnswered }
  }
  if (caller.role !== 'unknown') return answer(caller.role, caller.root, false)
  if (before?.account.foundByAsking) return answer(before.account.role, before.root, true)
  const found = await ctx.vida(asker).findRole(id)
  ctx.log('info', 'role_asked', { account: id, found })
  if (found === 'unclear' || found === 'unanswered') return answer('unknown', caller.root, false, found === 'unclear')
  return answer(found, { kind: found, id }, true)
}
