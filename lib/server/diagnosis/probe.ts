import 'server-only'
import type { NoteCode } from '@/lib/domain/diagnosis/notes'
import type { EndpointName } from '@/lib/domain/diagnosis/report'
import type { NumberList, VidaAccount, VidaClient } from '@/lib/server/vida/client'
import { VidaFailure } from '@/lib/server/vida/failure'
import type { VidaCaller } from '@/lib/server/vida/identity'
import { isUseNotOffered, type UseEntries } from '@/lib/server/vida/use'
import type { Watch } from './watch'

const PARENTS = 2
const ACCOUNTS = 8
const PAGES = 3
/** Whose calls and texts are read. */
const USED = 2

type UseName = 'messages' | 'logs'

interface Readings {
  understood: number
  failed: NoteCode[]
}

export class Probe {
  caller: VidaCaller | null = null
  roleWasFound = false
  accounts: VidaAccount[] = []
  hasLongList = false
  readonly numberLists = new Map<string, NumberList>()
  readonly readings: Record<EndpointName, Readings> = {
    caller: { understood: 0, failed: [] },
    resellers: { understood: 0, failed: [] },
    organizations: { understood: 0, failed: [] },
    accounts: { understood: 0, failed: [] },
    numbers: { understood: 0, failed: [] },
    account: { understood: 0, failed: [] },
    messages: { understood: 0, failed: [] },
    logs: { understood: 0, failed: [] },
  }
  readonly uses: Record<UseName, UseEntries[]> = { messages: [], logs: [] }
  readonly #client: VidaClient
  readonly #watch: Watch
  readonly #signal: AbortSignal

  constructor(client: VidaClient, watch: Watch, signal: AbortSignal) {
    this.#client = client
    this.#watch = watch
    this.#signal = signal
  }

  async run(): Promise<void> {
    const stated = await this.#read('caller', () => this.#client.whoAmI(this.#signal))
    this.caller = stated?.role === 'unknown' ? await this.#withFoundRole(stated) : stated
    const root = this.caller?.root
    if (!root) return
    const isOf = (kind: string) => (root.kind === kind ? [root.id] : [])
    const resellers = await this.#below('resellers', isOf('partner'))
    const organizations = await this.#below('organizations', [...isOf('reseller'), ...sample(resellers, PARENTS)])
    const parents = [...isOf('organization'), ...sample(organizations, PARENTS)]
    this.accounts = await this.#below('accounts', parents)
    const some = sample(this.accounts, ACCOUNTS)
    await Promise.all([...isOf('agent'), ...parents, ...some].map((id) => this.#numbersOf(id)))
    for (const id of some.slice(0, 1))
      await this.#read('account', () => this.#client.account(id, { signal: this.#signal }))
    // An account's own numbers show whether messages are its own.
    const withNumbers = [...this.numberLists].filter(([, { numbers }]) => numbers.length > 0).slice(0, USED)
    for (const [id, { numbers }] of withNumbers) await this.#callsOf(id, new Set(numbers.map(({ number }) => number)))
  }

  /** As a sign-in does, where Vida does not state the role. */
  async #withFoundRole(caller: VidaCaller): Promise<VidaCaller> {
    try {
      const role = await this.#client.findRole(caller.id)
      if (role === 'unclear' || role === 'unanswered') return caller
      this.roleWasFound = true
      return { ...caller, role, root: { kind: role, id: caller.id } }
    } catch (error) {
      if (this.#signal.aborted || this.#watch.wasFull) return caller
      throw error
    }
  }

  /** The name of a list that was found under one that the app did not expect. */
  unknownNameOf(path: string): string | null {
    return this.#client.unknownNames.get(path) ?? null
  }

  /** Null: it failed, which was noted, or the limit of calls or of time was reached. */
  async #read<T>(name: EndpointName, read: () => Promise<T>): Promise<T | null> {
    try {
      const value = await read()
      this.readings[name].understood += 1
      return value
    } catch (error) {
      const isMissing =
        (name === 'messages' || name === 'logs') && error instanceof VidaFailure && isUseNotOffered(error)
      if (error instanceof VidaFailure) this.readings[name].failed.push(isMissing ? 'use_not_offered' : error.code)
      else if (!this.#signal.aborted && !this.#watch.wasFull) throw error
      return null
    }
  }

  async #below(name: 'resellers' | 'organizations' | 'accounts', parents: readonly string[]): Promise<VidaAccount[]> {
    const found: VidaAccount[] = []
    for (const parent of parents) {
      const accounts = await this.#read(name, () => this.#firstPages(this.#client[name](parent, this.#signal)))
      found.push(...(accounts ?? []))
    }
    return found
  }

  async #firstPages(pages: AsyncIterable<VidaAccount[]>): Promise<VidaAccount[]> {
    const accounts: VidaAccount[] = []
    let read = 0
    for await (const page of pages) {
      accounts.push(...page)
      read += 1
      if (read < PAGES) continue
      this.hasLongList = true
      break
    }
    return accounts
  }

  async #numbersOf(id: string): Promise<void> {
    const options = { signal: this.#signal, priority: 'next' } as const
    const list = await this.#read('numbers', () => this.#client.numbers(id, options))
    if (list) this.numberLists.set(id, list)
  }

  async #callsOf(id: string, held: ReadonlySet<string>): Promise<void> {
    const options = { signal: this.#signal, priority: 'next' } as const
    const reads: Record<UseName, () => Promise<UseEntries>> = {
      messages: () => this.#client.messages(id, held, options),
      logs: () => this.#client.logs(id, Date.now(), options),
    }
    for (const name of ['messages', 'logs'] as const) {
      const found = await this.#read(name, reads[name])
      if (found) this.uses[name].push(found)
    }
  }
}

/** Inactive ones among them, as they may be listed in another way. */
function sample(accounts: readonly VidaAccount[], most: number): string[] {
  const inactive = accounts.filter(({ active }) => active === false).slice(0, Math.floor(most / 2))
  const others = accounts.filter((account) => !inactive.includes(account)).slice(0, most - inactive.length)
  return [...others, ...inactive].map(({ id }) => id)
}
