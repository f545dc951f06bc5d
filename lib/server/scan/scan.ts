import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import type { DoneEvent, InventoryEvent } from '@/lib/domain/inventory/events'
import type { Root } from '@/lib/domain/session/account'
import { readVidaNumber } from '@/lib/server/phone/e164'
import type { Level, MainNumber } from '@/lib/server/vida/account'
import type { VidaAccount, VidaClient, VidaNumber } from '@/lib/server/vida/client'
import { VidaFailure } from '@/lib/server/vida/failure'
import { agentAccount, organizationAccount } from './account'
import { assigned } from './assigned'
import { codeOfFailure, problemEvent, type Subject } from './problem-event'
import { countIn, emptyTally, type Tally } from './tally'

/** What a scan reads: everything below a root or a reseller, one organization with its accounts, or one account alone. */
export type ScanScope =
  | { kind: 'root'; root: Root | null }
  | { kind: 'reseller'; reseller: Account }
  | { kind: 'organization'; organization: Account }
  | { kind: 'account'; account: Account }

export interface ScanOptions {
  client: VidaClient
  scope: ScanScope
  signal: AbortSignal
  /** Whether it is known from before that this Vida lists an account's numbers, so that a 404 is a failure. */
  listsOffered: boolean
  /** Called with each account, organization and reseller as it is found, before it is read. */
  found?: (account: Account, level: Level) => void
  /** Only finds the accounts and reads none of them. */
  listOnly?: boolean
  emit: (event: Exclude<InventoryEvent, DoneEvent>) => void
}

/** The counts of `done`, whether a read showed that this Vida lists numbers, and whether 404s alone were met. */
export type ScanResult = Tally & { complete: boolean; listsOffered: boolean; fellBack: boolean }

/** A number list that was answered by 404. `mainNumber` is undefined also where the scan has not seen the account's object. */
interface WithoutList {
  account: Account
  own: boolean
  mainNumber: MainNumber
  failure: VidaFailure
}

/** How often a progress line may come, ms. */
const PROGRESS_MS = 150

/**
 * Scans partner → resellers → organizations → accounts → numbers in a pipeline: each level goes on while the one above
 * is still being listed; the client's pace bounds the requests under way. What cannot be read becomes a `problem`.
 * @returns the counts for `done`. Throws only when `signal` is aborted or when the code is wrong.
 */
export async function scan(options: ScanOptions): Promise<ScanResult> {
  const run = new Scan(options)
  await run.all(options.scope)
  return run.result()
}

class Scan {
  readonly #client: VidaClient
  readonly #taker: ScanOptions['emit']
  readonly #onFound: (account: Account, level: Level) => void
  readonly #listOnly: boolean
  readonly #abort: AbortController
  readonly #signal: AbortSignal
  readonly #seen = new Set<string>()
  readonly #withoutList: WithoutList[] = []
  #listsOffered: boolean
  /** Whether a number list ended in something other than 404, so that the 404s are no sign of the installation's way. */
  #metOther = false
  #complete = true
  #fellBack = false
  #signedOut = false
  readonly #tally = emptyTally()
  #progressAt = 0

  constructor({ client, emit, signal, listsOffered, found = () => {}, listOnly = false }: ScanOptions) {
    this.#listsOffered = listsOffered
    this.#metOther = listsOffered
    this.#onFound = found
    this.#listOnly = listOnly
    this.#client = client
    this.#taker = emit
    this.#abort = new AbortController()
    this.#signal = AbortSignal.any([signal, this.#abort.signal])
  }

  async all(scope: ScanScope): Promise<void> {
    this.#progress(true)
    try {
      if (scope.kind === 'reseller') await this.#reseller(scope.reseller.id, scope.reseller)
      else if (scope.kind === 'account') await this.#account(scope.account, undefined)
      else if (scope.kind === 'organization') await this.#organization(scope.organization, undefined)
      else await this.#root(scope.root)
      await this.#fallBack()
    } catch (error) {
      if (!this.#signedOut) throw error
    }
    this.#progress(true)
  }

  result(): ScanResult {
    return {
      complete: this.#complete,
      listsOffered: this.#listsOffered,
      fellBack: this.#fellBack,
      ...this.#tally,
    }
  }

  async #root(root: Root | null): Promise<void> {
    if (root === null) return this.#problem('scope_unknown')
    const self = { id: root.id, name: root.name, active: null }
    if (root.kind === 'partner') return this.#partner(root.id)
    if (root.kind === 'reseller') return this.#reseller(root.id)
    if (root.kind === 'organization') return this.#organization(organizationAccount(self), undefined)
    return this.#account(agentAccount(self, null), undefined)
  }

  async #partner(id: string): Promise<void> {
    await this.#each(this.#client.resellers(id, this.#signal), {}, (reseller) =>
      this.#reseller(reseller.id, organizationAccount(reseller)),
    )
  }

  /** @param reseller left out where it is the root: what fails then concerns the scan as a whole. */
  async #reseller(id: string, reseller?: Account): Promise<void> {
    if (!this.#isNew(`reseller ${id}`)) return
    if (reseller) this.#onFound(reseller, 'reseller')
    const subject = reseller ? { organization: { id, name: reseller.name } } : {}
    await this.#each(this.#client.organizations(id, this.#signal), subject, (organization) =>
      this.#organization(organizationAccount(organization), organization.mainNumber),
    )
  }

  async #organization(organization: Account, mainNumber: MainNumber): Promise<void> {
    if (!this.#isNew(`organization ${organization.id}`)) return
    const subject = { organization: { id: organization.id, name: organization.name } }
    await Promise.all([
      this.#each(this.#client.accounts(organization.id, this.#signal), subject, (account) =>
        this.#account(agentAccount(account, organization), account.mainNumber),
      ),
      this.#own(organization, mainNumber),
    ])
  }

  /** Starts `next` for each account of a list as its pages come, and waits for all of them. */
  async #each(
    pages: AsyncIterable<VidaAccount[]>,
    subject: Subject,
    next: (account: VidaAccount) => Promise<void>,
  ): Promise<void> {
    const started: Promise<void>[] = []
    try {
      for await (const page of pages) for (const account of page) started.push(this.#guard(next(account)))
    } catch (error) {
      this.#failure(error, subject)
    }
    await Promise.all(started)
  }

  /** Keeps a failure of one branch from being unhandled while the list above is still being read. */
  #guard(branch: Promise<void>): Promise<void> {
    branch.catch(() => {})
    return branch
  }

  async #account(account: Account, mainNumber: MainNumber): Promise<void> {
    if (!this.#isNew(account.id)) return
    this.#tally.accountsFound += 1
    this.#onFound(account, 'account')
    if (this.#listOnly) return
    try {
      this.#numbers(account, await this.#numbersOf(account.id, 'next'))
    } catch (error) {
      this.#unread(error, account, mainNumber, false)
    }
  }

  /** An organization may hold numbers itself. It counts as an account only if it does. */
  async #own(organization: Account, mainNumber: MainNumber): Promise<void> {
    if (!this.#isNew(organization.id)) return
    this.#onFound(organization, 'organization')
    if (this.#listOnly) return
    try {
      const numbers = await this.#numbersOf(organization.id, 'scan')
      if (numbers.length === 0) return
      this.#tally.accountsFound += 1
      this.#numbers(organization, numbers)
    } catch (error) {
      this.#unread(error, organization, mainNumber, true)
    }
  }

  async #numbersOf(id: string, priority: 'next' | 'scan'): Promise<VidaNumber[]> {
    const numbers = await this.#client.numbers(id, { signal: this.#signal, priority })
    this.#listsOffered = true
    this.#tellOthers()
    return numbers
  }

  /** A list that ended in anything but 404 shows that the 404s before it were these accounts' own failures. */
  #tellOthers(): void {
    this.#metOther = true
    for (const { account, own, failure } of this.#withoutList.splice(0)) this.#readFailed(failure, account, own)
  }

  #numbers(account: Account, numbers: readonly VidaNumber[]): void {
    this.#signal.throwIfAborted()
    this.#emit({ type: 'numbers', account, numbers: numbers.map(assigned) })
    this.#progress(false)
  }

  #unread(error: unknown, account: Account, mainNumber: MainNumber, own: boolean): void {
    const failure = this.#asFailure(error)
    if (failure.code === 'not_offered' && !this.#metOther) {
      this.#withoutList.push({ account, own, mainNumber, failure })
      return
    }
    this.#readFailed(failure, account, own)
    if (failure.code !== 'not_offered' && !this.#signedOut) this.#tellOthers()
  }

  #readFailed(error: unknown, account: Account, own: boolean): void {
    const failure = this.#asFailure(error)
    if (failure.code === 'unauthorized') this.#signOut()
    else this.#accountFailed(codeOfFailure(failure), account, own, failure.vidaMessage)
  }

  #accountFailed(
    code: Parameters<typeof problemEvent>[0],
    { id, name }: Account,
    own: boolean,
    vidaMessage: string | null = null,
  ): void {
    this.#signal.throwIfAborted()
    this.#problem(code, own ? { organization: { id, name } } : { account: { id, name } }, vidaMessage)
    this.#progress(false)
  }

  #failure(error: unknown, subject: Subject): void {
    const failure = this.#asFailure(error)
    if (failure.code === 'unauthorized') this.#signOut()
    else this.#problem(codeOfFailure(failure), subject, failure.vidaMessage)
  }

  /** Every number list was answered by 404: the numbers on the account objects are what there is. */
  async #fallBack(): Promise<void> {
    if (this.#signedOut || this.#withoutList.length === 0) return
    this.#fellBack = true
    this.#problem('numbers_not_offered')
    await Promise.all(this.#withoutList.splice(0).map((entry) => this.#mainNumber(entry)))
  }

  async #mainNumber({ account, own, mainNumber }: WithoutList): Promise<void> {
    try {
      const text = mainNumber === undefined ? await this.#askForMainNumber(account.id) : mainNumber
      const number = typeof text === 'string' ? readVidaNumber(text) : null
      if (own && (text === null || text === undefined)) return
      // Without the field nothing is known, and what is no number is not understood: neither is an account that holds none.
      if (number === null && text !== null) return this.#accountFailed('unknown_shape', account, own)
      if (own) this.#tally.accountsFound += 1
      this.#numbers(account, number === null ? [] : [{ number, label: null, provider: null, sms: null }])
    } catch (error) {
      this.#readFailed(error, account, own)
    }
  }

  async #askForMainNumber(id: string): Promise<MainNumber> {
    return (await this.#client.account(id, { signal: this.#signal })).mainNumber
  }

  /** Vida does not accept the token any more: nothing that is still to be read can be read. */
  #signOut(): void {
    if (this.#signedOut) return
    this.#signedOut = true
    // Before the problem is told: no branch may add to what this scan found after its end.
    this.#abort.abort()
    this.#problem('signed_out')
  }

  #asFailure(error: unknown): VidaFailure {
    this.#signal.throwIfAborted()
    if (error instanceof VidaFailure) return error
    throw error
  }

  #isNew(key: string): boolean {
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    return true
  }

  #emit(event: Parameters<ScanOptions['emit']>[0]): void {
    countIn(this.#tally, event)
    this.#taker(event)
  }

  #problem(code: Parameters<typeof problemEvent>[0], subject: Subject = {}, vidaMessage: string | null = null): void {
    this.#complete = false
    this.#emit(problemEvent(code, subject, vidaMessage))
  }

  #progress(last: boolean): void {
    const now = Date.now()
    if (!last && now - this.#progressAt < PROGRESS_MS) return
    this.#progressAt = now
    const { numbers: _numbers, ...counts } = this.#tally
    this.#emit({ type: 'progress', ...counts })
  }
}
