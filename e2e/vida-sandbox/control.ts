import type { Core } from './core.ts'
import { type AccountNode, type HeldNumber, UnknownId } from './data.ts'
import type { FaultRule } from './faults.ts'
import type { LogEntry, LogMatch, SandboxLog } from './log.ts'
import type { Behaviour, SandboxOptions } from './options.ts'
import { type AddedUse, usesOf } from './uses.ts'

interface NumberPlace {
  number: string
  accountId: string
}

type AccountChange = Partial<Pick<AccountNode, 'name' | 'active' | 'canceledAt' | 'canceledReason'>>

const LONGEST_WAIT_MS = 30_000

export const CONTROL_METHODS = [
  'fault',
  'release',
  'clearFaults',
  'reset',
  'configure',
  'log',
  'clearLog',
  'waitFor',
  'numbers',
  'accounts',
  'addNumber',
  'moveNumber',
  'removeNumber',
  'addUse',
  'setAccount',
  'setReachable',
] as const satisfies (keyof SandboxControl)[]

export interface SandboxControl {
  /** Adds a rule after the others. @returns its id (`fault` in the log). */
  fault(rule: FaultRule): Promise<number>
  /** What waits because of that rule goes on, and what comes later does not wait. */
  release(fault: number): Promise<void>
  clearFaults(): Promise<void>
  /** Restores the state at the start, with other options if given. */
  reset(options?: SandboxOptions): Promise<void>
  configure(change: Partial<Behaviour>): Promise<void>
  log(): Promise<SandboxLog>
  clearLog(): Promise<void>
  /** Resolves with the matching requests once there are `count` (1); rejects after `timeoutMs` (30 s at most). */
  waitFor(match: LogMatch, count?: number, timeoutMs?: number): Promise<LogEntry[]>
  /** Every number, once for each account that holds it. */
  numbers(): Promise<NumberPlace[]>
  accounts(): Promise<AccountNode[]>
  addNumber(number: string, accountId: string, details?: Partial<HeldNumber>): Promise<void>
  /** `fromAccountId` is needed only for a number that two accounts hold. */
  moveNumber(number: string, toAccountId: string, fromAccountId?: string): Promise<void>
  /** Without `accountId`: from everybody who holds it. */
  removeNumber(number: string, accountId?: string): Promise<void>
  /** Calls and texts, also on a number that the account does not hold. */
  addUse(accountId: string, ...uses: AddedUse[]): Promise<void>
  setAccount(id: string, change: AccountChange): Promise<void>
  /** `false` closes the API's port until `true` opens the same one again. */
  setReachable(reachable: boolean): Promise<void>
}

export function localControl(core: Core, setReachable: SandboxControl['setReachable']): SandboxControl {
  const accounts = (number: string, accountId?: string) => {
    const all = core.data.allNumbers().filter((place) => place.number === number)
    const meant = accountId === undefined ? all : all.filter((place) => place.accountId === accountId)
    if (meant.length === 0) throw new UnknownId(`nobody meant holds ${number}`)
    return meant
  }
  return {
    setReachable,
    fault: async (rule) => core.faults.add(rule),
    release: async (fault) => core.faults.release(fault),
    clearFaults: async () => core.faults.clear(),
    reset: async (options = {}) => core.reset(options),
    configure: async (change) => core.configure(change),
    log: async () => core.log.read(),
    clearLog: async () => core.log.clear(),
    waitFor: (match, count = 1, timeoutMs = LONGEST_WAIT_MS) =>
      core.log.wait(match, count, Math.min(timeoutMs, LONGEST_WAIT_MS)),
    numbers: async () => core.data.allNumbers(),
    accounts: async () => structuredClone(core.data.all()),
    addNumber: async (number, accountId, details = {}) => {
      const usual = { country: null, label: 'Added', provider: 'twilio', smsEnabled: false }
      core.data.give(accountId, { ...usual, ...details, number })
    },
    moveNumber: async (number, toAccountId, fromAccountId) => {
      const [from] = accounts(number, fromAccountId)
      const held = from && core.data.numbersOf(from.accountId).find((each) => each.number === number)
      if (!held) throw new UnknownId(`nobody holds ${number}`)
      // give() first: it throws for an impossible target, before anything has changed.
      core.data.give(toAccountId, held)
      core.data.take(from.accountId, number)
    },
    removeNumber: async (number, accountId) => {
      for (const place of accounts(number, accountId)) core.data.take(place.accountId, number)
    },
    addUse: async (accountId, ...uses) => core.data.use(accountId, uses.flatMap(usesOf)),
    setAccount: async (id, change) => {
      const node = core.data.find(id)
      if (!node) throw new UnknownId(`no account ${id}`)
      Object.assign(node, change)
    },
  }
}
