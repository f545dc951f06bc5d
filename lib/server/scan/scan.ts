import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import type { ProblemCode } from '@/lib/domain/problems/codes'
import type { Root } from '@/lib/domain/session/account'
import { readVidaNumber } from '@/lib/server/phone/e164'
import { mapInSlices, turn } from '@/lib/server/process/slices'
import type { MainNumber } from '@/lib/server/vida/account'
import type { NumberList, VidaAccount, VidaClient, VidaNumber } from '@/lib/server/vida/client'
import { VidaFailure } from '@/lib/server/vida/failure'
import { bareNumber } from '@/lib/server/vida/numbers'
import { Pace } from '@/lib/server/vida/pace'
import { AccountLists } from './account-lists'
import {
  agentAccount,
  allAssigned,
  codeOfFailure,
  countIn,
  emptyTally,
  oddEntriesEvent,
  organizationAccount,
  problemEvent,
  progressOf,
  type Subject,
  subjectOf,
} from './events'
import { writeLine } from './numbers-line'
import type { ScanOptions, ScanResult, ScanScope, WithoutList } from './options'

export type { ScanOptions, ScanResult, ScanScope }

const PROGRESS_MS = 150
/** From the request to the line, so that no more answers are kept: as many as VIDA_CONCURRENCY allows requests at most. */
const MOST_AT_A_TIME = 64

/** Reads the levels in a pipeline. What can't be read becomes a `problem`; throws only when `signal` is aborted. */
export async function scan(options: ScanOptions): Promise<ScanResult> {
  const run = new Scan(options)
  await run.all(options.scope)
  return run.result()
}

class Scan {
  readonly #options: ScanOptions
  readonly #client: VidaClient
  readonly #abort = new AbortController()
  readonly #signal: AbortSignal
  readonly #accountLists: AccountLists
  readonly #seen = new Set<string>()
  readonly #withoutList: WithoutList[] = []
  readonly #tally = emptyTally()
  readonly #reads = new Pace(MOST_AT_A_TIME)
  #listsOffered: boolean
  /** Whether a number list ended in anything but 404, so that a 404 is the account's own failure. */
  #notFoundIsFailure: boolean
  #complete = true
  #fellBack = false
  #signedOut = false
  #progressAt = 0

  constructor(options: ScanOptions) {
    this.#options = options
    this.#client = options.client
    this.#listsOffered = options.listsOffered
    this.#notFoundIsFailure = options.listsOffered
    this.#signal = AbortSignal.any([options.signal, this.#abort.signal])
    this.#accountLists = new AccountLists(options, this.#signal, (organization, pages) =>
      this.#each(pages, subjectOf(organization, true), (account) =>
        this.#account(agentAccount(account, organization), account.mainNumber),
      ),
    )
  }

  async all(scope: ScanScope): Promise<void> {
    this.#progress(true)
    try {
      if (scope.kind === 'reseller') await this.#reseller(scope.reseller.id, scope.reseller)
      else if (scope.kind === 'account') await this.#account(scope.account, undefined)
      else if (scope.kind === 'organization') await this.#organization(scope.organization, undefined)
      else await this.#root(scope.root)
      await this.#accountLists.check()
      await this.#fallBack()
    } catch (error) {
      if (!this.#signedOut) throw error
    }
    this.#progress(true)
  }

  result(): ScanResult {
    const flags = { complete: this.#complete, listsOffered: this.#listsOffered, fellBack: this.#fellBack }
    const { sampled } = this.#accountLists
    return { ...flags, inactiveListed: this.#accountLists.holdInactive(), sampled, ...this.#tally }
  }

  async #root(root: Root | null): Promise<void> {
    if (root === null) return this.#problem('scope_unknown')
    const self = { id: root.id, name: root.name, active: null }
    if (root.kind === 'partner')
      return this.#each(this.#client.resellers(root.id, this.#signal), {}, (reseller) =>
        this.#reseller(reseller.id, organizationAccount(reseller)),
      )
    if (root.kind === 'reseller') return this.#reseller(root.id)
    if (root.kind === 'organization') return this.#organization(organizationAccount(self), undefined)
    return this.#account(agentAccount(self, null), undefined)
  }

  /** @param reseller left out where it is the root: a failure then concerns the whole scan. */
  async #reseller(id: string, reseller?: Account): Promise<void> {
    if (!this.#isNew(`reseller ${id}`)) return
    if (reseller) this.#options.found?.(reseller, 'reseller')
    const subject = reseller ? { organization: { id, name: reseller.name } } : {}
    await this.#each(this.#client.organizations(id, this.#signal), subject, (organization) =>
      this.#organization(organizationAccount(organization), organization.mainNumber),
    )
  }

  async #organization(organization: Account, mainNumber: MainNumber): Promise<void> {
    if (!this.#isNew(`organization ${organization.id}`)) return
    await Promise.all([this.#accountLists.read(organization), this.#organizationNumbers(organization, mainNumber)])
  }

  async #each(
    pages: AsyncIterable<VidaAccount[]>,
    subject: Subject,
    next: (account: VidaAccount) => Promise<void>,
  ): Promise<void> {
    const started: Promise<void>[] = []
    const start = (account: VidaAccount) => {
      const branch = next(account)
      // `Promise.all` rejects with its failure once the list above was read.
      branch.catch(() => {})
      return branch
    }
    try {
      for await (const page of pages) started.push(...(await mapInSlices(page, start)))
    } catch (error) {
      this.#failure(error, subject)
    }
    await Promise.all(started)
  }

  async #account(account: Account, mainNumber: MainNumber): Promise<void> {
    if (!this.#isNew(account.id)) return
    this.#tally.accountsFound += 1
    this.#options.found?.(account, 'account')
    if (this.#options.listOnly) return
    const read = async () => {
      const readAt = this.#now()
      await this.#list(account, await this.#numbersOf(account.id, 'next'), readAt)
    }
    try {
      await this.#reads.run(read, { signal: this.#signal, priority: 'next' })
    } catch (error) {
      this.#unread(error, account, mainNumber, false)
    }
  }

  /** An organization may hold numbers itself. It counts as an account only if it does. */
  async #organizationNumbers(organization: Account, mainNumber: MainNumber): Promise<void> {
    if (!this.#isNew(organization.id)) return
    this.#options.found?.(organization, 'organization')
    if (this.#options.listOnly) return
    const readAt = this.#now()
    try {
      const list = await this.#numbersOf(organization.id, 'scan')
      if (list.numbers.length === 0 && list.odd.length === 0) return
      this.#tally.accountsFound += 1
      await this.#list(organization, list, readAt)
    } catch (error) {
      this.#unread(error, organization, mainNumber, true)
    }
  }

  async #numbersOf(id: string, priority: 'next' | 'scan'): Promise<NumberList> {
    const list = await this.#client.numbers(id, { signal: this.#signal, priority })
    this.#listsOffered = true
    this.#reportPending()
    if (!list.isProof) this.#options.unproved?.(id)
    return list
  }

  /** A list that ended in anything but 404 shows that the 404s before it were the accounts' own failures. */
  #reportPending(): void {
    this.#notFoundIsFailure = true
    for (const { account, isOrganization, failure } of this.#withoutList.splice(0))
      this.#readFailed(failure, account, isOrganization)
  }

  async #list(account: Account, { numbers, odd }: NumberList, readAt: string): Promise<void> {
    await this.#numbers(account, numbers, readAt, odd.length > 0)
    if (odd.length === 0) return
    this.#complete = false
    // As an account also where an organization holds them: it is counted as one, and can be read again by itself.
    const { id, name } = account
    this.#emit(oddEntriesEvent(odd, { account: { id, name } }))
  }

  async #numbers(account: Account, list: readonly VidaNumber[], readAt: string, isPartial = false): Promise<void> {
    await turn()
    const numbers = await allAssigned(list)
    const partial = isPartial && { partial: true as const }
    const event = { type: 'numbers' as const, account, numbers, ...partial, readAt }
    const line = await writeLine(event)
    await turn()
    this.#signal.throwIfAborted()
    this.#emit(event, line)
    this.#progress(false)
  }

  #now(): string {
    return new Date(this.#options.now?.() ?? Date.now()).toISOString()
  }

  #unread(error: unknown, account: Account, mainNumber: MainNumber, isOrganization: boolean): void {
    const failure = this.#asFailure(error)
    if (failure.code === 'not_offered' && !this.#notFoundIsFailure) {
      this.#withoutList.push({ account, isOrganization, mainNumber, failure })
      return
    }
    this.#readFailed(failure, account, isOrganization)
    if (failure.code !== 'not_offered' && !this.#signedOut) this.#reportPending()
  }

  #readFailed(error: unknown, account: Account, isOrganization: boolean): void {
    this.#failure(error, subjectOf(account, isOrganization))
    if (!this.#signedOut) this.#progress(false)
  }

  #failure(error: unknown, subject: Subject): void {
    const failure = this.#asFailure(error)
    if (failure.code === 'unauthorized') this.#signOut()
    else this.#problem(codeOfFailure(failure), subject, failure.vidaMessage)
  }

  /** Every number list was answered by 404: the main numbers of the account objects are all there is. */
  async #fallBack(): Promise<void> {
    if (this.#signedOut || this.#withoutList.length === 0) return
    this.#fellBack = true
    this.#problem('numbers_not_offered')
    await Promise.all(this.#withoutList.splice(0).map((entry) => this.#mainNumber(entry)))
  }

  async #mainNumber({ account, isOrganization, mainNumber }: WithoutList): Promise<void> {
    const readAt = this.#now()
    try {
      const { mainNumber: text } =
        mainNumber === undefined ? await this.#client.account(account.id, { signal: this.#signal }) : { mainNumber }
      const number = typeof text === 'string' ? readVidaNumber(text) : null
      if (isOrganization && (text === null || text === undefined)) return
      // A missing field or a text that is no number does not prove that the account holds none.
      if (number === null && text !== null) throw new VidaFailure('unknown_shape')
      if (isOrganization) this.#tally.accountsFound += 1
      await this.#numbers(account, number === null ? [] : [bareNumber(number)], readAt)
    } catch (error) {
      this.#readFailed(error, account, isOrganization)
    }
  }

  #signOut(): void {
    if (this.#signedOut) return
    this.#signedOut = true
    // Before the event, so that no branch adds to the results after it.
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

  #emit(...emitted: Parameters<ScanOptions['emit']>): void {
    const [event] = emitted
    countIn(this.#tally, event)
    this.#options.emit(...emitted)
  }

  #problem(code: ProblemCode, subject: Subject = {}, vidaMessage: string | null = null): void {
    this.#complete = false
    this.#emit(problemEvent(code, subject, vidaMessage))
  }

  #progress(last: boolean): void {
    const now = Date.now()
    if (!last && now - this.#progressAt < PROGRESS_MS) return
    this.#progressAt = now
    this.#emit(progressOf(this.#tally))
  }
}
