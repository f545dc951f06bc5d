import 'server-only'
import type { Root } from '@/lib/domain/session/account'
import type { Level, VidaAccount } from './account'
import { type ReadingCode, VidaFailure } from './failure'
import { CALLS } from './lists'
import { parseNumbersPage } from './numbers'
import { readPage } from './pages'
import { readJson, type Upstream } from './reader'

/** `unclear`: two levels, or no list decides. `unanswered`: a question was not answered, and may be asked again. */
export type FoundRole = Root['kind'] | 'unclear' | 'unanswered'

const LIMIT_MS = 8_000

/** Vida's default size of a page. */
const SAMPLE = '20'

const PARENTS: readonly [kind: Root['kind'], below: Level, parentOf: (account: VidaAccount) => string | null][] = [
  ['partner', 'reseller', ({ partnerId }) => partnerId],
  ['reseller', 'organization', ({ resellerId }) => resellerId],
  ['organization', 'account', ({ organizationId }) => organizationId],
]

const UNANSWERED: ReadonlySet<ReadingCode> = new Set(['read_failed', 'read_timed_out', 'read_busy', 'read_unreachable'])

/** What the account `id` is, by what is below it: only entries that name it as their parent, or its numbers, decide. */
export async function findRole(upstream: Upstream, id: string): Promise<FoundRole> {
  const { attemptMs, totalMs } = upstream.deadlines
  const limits = { attemptMs: Math.min(attemptMs, LIMIT_MS), totalMs: Math.min(totalMs, LIMIT_MS) }
  const bounded = { ...upstream, deadlines: { ...upstream.deadlines, ...limits } }
  const ask = (path: string, query: Readonly<Record<string, string>>) =>
    readJson(bounded, path, query, { priority: 'now', once: true })

  const holdsBelow = async ([, below, parentOf]: (typeof PARENTS)[number]) => {
    const { path, parent } = CALLS[below]
    const paging = { pagination: 'true', page: '0', pageSize: SAMPLE }
    const { accounts, length } = await readPage(await ask(path, { [parent]: id, ...paging }), below)
    return length > 0 && accounts.length === length && accounts.every((account) => parentOf(account) === id)
  }
  const holdsNumbers = async () => {
    const { numbers } = await parseNumbersPage(await ask('/api/v2/phoneNumbers', { targetAccountId: id }))
    return numbers.length > 0
  }
  const kinds = [...PARENTS.map(([kind]) => kind), 'agent' as const]
  const answers = await Promise.all([...PARENTS.map(holdsBelow), holdsNumbers()].map(decides))
  if (answers.includes(null)) return 'unanswered'
  const [found, ...others] = kinds.filter((_, index) => answers[index])
  return found !== undefined && others.length === 0 ? found : 'unclear'
}

/** Null: not answered. What Vida refuses, or answers in an unknown shape, decides nothing. */
async function decides(answer: Promise<boolean>): Promise<boolean | null> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof VidaFailure)) throw error
    return UNANSWERED.has(error.code) ? null : false
  }
}
