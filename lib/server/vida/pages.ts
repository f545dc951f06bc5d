import 'server-only'
import { inSlices } from '@/lib/server/process/slices'
import { type Level, parseAccount, type VidaAccount } from './account'
import { askOn } from './ask-on'
import { findList, type ListKind } from './find-list'
import type { Question } from './judge'
import type { Paging } from './paging'

/** Vida's default is 20 and its cap is not documented, so pages may be smaller. */
const START = { page: 0, size: 100 }

export interface AccountsPage extends Paging {
  accounts: VidaAccount[]
  /** Including entries that could not be read. */
  length: number
}

const NAMES: Record<Level, readonly string[]> = {
  reseller: ['resellers', 'accounts', 'organizations'],
  organization: ['organizations', 'accounts'],
  account: ['accounts'],
}
const TOTALS = ['totalAccounts', 'totalResellers', 'totalOrganizations', 'totalCount', 'total', 'totalElements']

function accountList(level: Level): ListKind<VidaAccount | null> {
  const parse = (entry: unknown) => parseAccount(entry, level)
  return { names: NAMES[level], totals: TOTALS, parse, isReadable: (account) => account !== null }
}

/** As `searchAccounts` (documented), under the level's name or `accounts`, or an array; see `findList`. */
export async function readPage(value: unknown, level: Level, nameBefore: string | null = null) {
  const { entries, ...found } = await findList(value, accountList(level), nameBefore)
  return { ...found, accounts: entries.filter((account) => account !== null), length: entries.length }
}

/** A list that comes whole may be long, and each account that it brings begins a branch of the scan. */
const PIECE = 500

function* piecesOf(accounts: readonly VidaAccount[]): Generator<VidaAccount[], void, undefined> {
  for (let from = 0; from < accounts.length; from += PIECE) yield accounts.slice(from, from + PIECE)
}

/** Yields each page's new accounts. A list that moves meanwhile is read again, once; see `askOn`. */
export async function* readPages(
  read: (page: number, pageSize: number) => Promise<AccountsPage>,
  maxPages: number,
): AsyncGenerator<VidaAccount[], void, undefined> {
  const ask = async (question: Question) => {
    const { page, size } = question ?? START
    const found = await read(page, size)
    return { ...found, keys: found.accounts.map(({ id }) => id) }
  }
  const yielded = new Set<string>()
  for await (const { accounts } of askOn(ask, { start: START, maxPages, tries: 2 })) {
    for await (const piece of inSlices(piecesOf(accounts))) {
      const fresh = piece.filter(({ id }) => !yielded.has(id) && yielded.add(id))
      if (fresh.length > 0) yield fresh
    }
  }
}
