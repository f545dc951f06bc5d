import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import type { VidaAccount, VidaClient } from '@/lib/server/vida/client'
import type { ScanOptions } from './options'

type Pages = AsyncIterable<VidaAccount[]>
/** Scans the accounts of an organization's list, and names what could not be read. */
type Take = (organization: Account, pages: Pages) => Promise<void>

interface ReadOnce {
  organization: Account
  ids: ReadonlySet<string>
}

const SAMPLE = 10

/**
 * The account lists of one scan. Where plain lists were found to hold inactive accounts, each is read once, and a sample
 * is checked. The lists above are always read both ways: an organization that is missing would hide its accounts.
 */
export class AccountLists {
  readonly #client: VidaClient
  readonly #signal: AbortSignal
  readonly #take: Take
  readonly #isPlain: boolean
  readonly #readOnce: Account[] = []
  readonly #sample: ReadOnce[] = []
  #ended = 0
  #isContradicted = false
  #hasInactive = false
  /** Lists of which not both readings have ended well. */
  #open = 0

  constructor({ client, inactiveListed = false }: ScanOptions, signal: AbortSignal, take: Take) {
    this.#client = client
    this.#signal = signal
    this.#take = take
    this.#isPlain = inactiveListed
  }

  read(organization: Account): Promise<void> {
    const once = this.#isPlain && !this.#isContradicted
    return this.#take(organization, once ? this.#once(organization) : this.#bothWays(organization))
  }

  /** Of what was read once: the sample, and everything both ways if an account or a state is missing. */
  async check(): Promise<void> {
    if (!this.#isContradicted)
      await Promise.all(this.#sample.map((list) => this.#take(list.organization, this.#missing(list))))
    if (this.#isContradicted)
      await Promise.all(this.#readOnce.map((organization) => this.#take(organization, this.#bothWays(organization))))
  }

  /** Whether plain lists hold inactive accounts; null: this scan does not show it. */
  holdInactive(): boolean | null {
    if (this.#isContradicted) return false
    return !this.#isPlain && this.#hasInactive && this.#open === 0 ? true : null
  }

  /** After `check`: whether some lists were read once and not checked. */
  get sampled(): boolean {
    return !this.#isContradicted && this.#readOnce.length > SAMPLE
  }

  async *#once(organization: Account) {
    this.#readOnce.push(organization)
    const ids = new Set<string>()
    for await (const page of this.#client.accounts(organization.id, this.#signal, { ways: 'plain' })) {
      for (const { id } of page) ids.add(id)
      if (page.some(({ active }) => active === null)) this.#isContradicted = true
      yield page
    }
    this.#choose({ organization, ids })
  }

  /** Each list has the same chance, however many follow. */
  #choose(list: ReadOnce): void {
    this.#ended += 1
    if (this.#sample.length < SAMPLE) this.#sample.push(list)
    else {
      const place = Math.floor(Math.random() * this.#ended)
      if (place < SAMPLE) this.#sample[place] = list
    }
  }

  async *#missing({ organization, ids }: ReadOnce) {
    for await (const page of this.#client.accounts(organization.id, this.#signal, { ways: 'inactive' })) {
      const missing = page.filter(({ id }) => !ids.has(id))
      if (missing.length > 0) this.#isContradicted = true
      yield missing.map((account) => ({ ...account, active: account.active ?? false }))
    }
  }

  async *#bothWays({ id }: Account) {
    this.#open += 1
    yield* this.#client.accounts(id, this.#signal, {
      compared: (comparison) => {
        this.#open -= 1
        if (comparison === 'needed') this.#isContradicted = true
        if (comparison === 'needless') this.#hasInactive = true
      },
    })
  }
}
