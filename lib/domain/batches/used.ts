import type { NumberRow } from '@/lib/domain/inventory/rows'
import type { Uses } from '@/lib/domain/inventory/unused'
import { type AccountUse, type NumberUse, numberUse, usedWithin } from '@/lib/domain/use/use'
import type { AgentGroup, CustomerGroup } from './groups'

const WEEK_DAYS = 7

/** Whether a number was used this week. An agent's use is that of its number only where its entries name none. */
export function usedThisWeek(use: AccountUse | undefined, number: string, now: number): 'used' | 'unused' | 'unsaid' {
  if (!use) return 'unsaid'
  const own = numberUse(use, number)
  const said = usedWithin(own, WEEK_DAYS, now)
  return said === 'used' && own.basis === 'account' && Object.keys(use.numbers).length > 0 ? 'unsaid' : said
}

/** The latest use of the agent's chosen numbers; null: it was not read. */
export function latestUse({ id, rows }: AgentGroup, uses: Uses): NumberUse | null {
  const use = uses.get(id)
  if (!use) return null
  const time = ({ lastUsedAt }: NumberUse) => (lastUsedAt === null ? 0 : Date.parse(lastUsedAt))
  const [latest] = rows.map(({ number }) => numberUse(use, number)).sort((a, b) => time(b) - time(a))
  return latest ?? null
}

/** Whether what is known of the number is its agent’s use: entries name no number. */
export function isAgentUse(use: AccountUse | undefined, number: string): boolean {
  return use !== undefined && numberUse(use, number).basis === 'account'
}

export function usedRows(rows: readonly NumberRow[], uses: Uses, now: number): NumberRow[] {
  return rows.filter(({ number, account }) => usedThisWeek(uses.get(account.id), number, now) === 'used')
}

/** “3 of 12 were used this week, 2 of them going by their agents’ use; of 4 it is not known.” */
export function usedSentence(rows: readonly NumberRow[], uses: Uses, now: number): string {
  const said = rows.map(({ number, account }) => usedThisWeek(uses.get(account.id), number, now))
  const [used, unsaid] = (['used', 'unsaid'] as const).map((which) => said.filter((each) => each === which).length)
  if (unsaid === rows.length) return `Vida does not say whether ${rows.length === 1 ? 'it is' : 'they are'} in use.`
  const byAgent = usedRows(rows, uses, now).filter(({ number, account }) =>
    isAgentUse(uses.get(account.id), number),
  ).length
  if (rows.length === 1) {
    if (byAgent === 1) return 'Its agent was used this week; Vida does not say by which number.'
    return used === 1 ? 'It was used this week.' : 'It was not used this week.'
  }
  const which = used ? used.toLocaleString() : 'None'
  const counted = `${which} of ${rows.length.toLocaleString()} ${!used || used === 1 ? 'was' : 'were'} used this week`
  const some = byAgent === used ? '' : `${byAgent.toLocaleString()} of them `
  const agents = byAgent ? `, ${some}going by ${byAgent === 1 ? 'its agent’s' : 'their agents’'} use` : ''
  return `${counted}${agents}${unsaid ? `; of ${unsaid.toLocaleString()} it is not known` : ''}.`
}

/** Agents with a used number first, and customers with such an agent; otherwise the order stays. */
export function usedFirst(groups: readonly CustomerGroup[], uses: Uses, now: number): CustomerGroup[] {
  const rank = ({ rows }: AgentGroup) => (usedRows(rows, uses, now).length > 0 ? 0 : 1)
  return groups
    .map((customer) => ({ ...customer, agents: customer.agents.toSorted((a, b) => rank(a) - rank(b)) }))
    .toSorted((a, b) => Math.min(...a.agents.map(rank)) - Math.min(...b.agents.map(rank)))
}
