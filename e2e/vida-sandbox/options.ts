import type { DataSize } from './data-sized.ts'
import type { AccountShape, ListShape, LogsShape, MessagesShape, NumbersShape } from './shapes.ts'
import type { Role } from './tokens.ts'

/** What the sandbox does with every request; `control.configure` changes it at any time. */
export interface Behaviour {
  latencyMs: number
  /** The largest page of a list, whatever `pageSize` asks for; `null`: no limit. */
  pageSizeCap: number | null
  listShape: ListShape
  /** Whether a list without `active` leaves inactive ones out. */
  hidesInactive: boolean
  numbersShape: NumbersShape
  accountShape: AccountShape
  /** `false`: `phoneNumbers` answers 404 for every account. */
  numbersOffered: boolean
  /** The default and largest page of `phoneNumbers`; `null`: it ignores paging. */
  numbersPageSize: number | null
  /** How an account object has its main number; `lists-only`: not where one account is asked for. */
  mainNumber: 'text' | 'number' | 'null' | 'absent' | 'lists-only'
  /** Calls and texts of the accounts, besides those of `control.addUse`; `believable`: of some, not of others (uses.ts). */
  use: 'none' | 'believable'
  /** How `messages/recent` answers; `not-offered`: 404. */
  messages: MessagesShape
  /** The most messages in one answer; `null`: no limit. */
  messagesCap: number | null
  /** How `logs` answers; `not-offered`: 404; `unavailable`: 503, as documented. */
  logs: LogsShape
  /** Both answer with the entries of the token's own account, whatever `targetAccountId` says. */
  ignoresTargetOfUse: boolean
  /** Roles whose token is not accepted any more. */
  revoked: Role[]
  /** Further tokens (`…~7`) below this one are refused, take no fault and are not logged: they are an earlier test's. */
  firstToken: number
  /** Fields that replace those of the answer to “who am I” of a role. */
  identity: Partial<Record<Role, Record<string, unknown>>>
}

export interface SandboxOptions extends Partial<Behaviour> {
  /** Port of the Vida API on 127.0.0.1; 0 or absent: any free one. */
  port?: number
  /** A folder of answers of a real Vida, which are given in place of the data. */
  replay?: string
  /** Generated data of that size; absent: the realistic reseller. */
  size?: DataSize
}

const defaults: Behaviour = {
  latencyMs: 0,
  pageSizeCap: null,
  listShape: 'named-with-total',
  hidesInactive: true,
  numbersShape: 'phone-number-objects',
  accountShape: 'flat',
  numbersOffered: true,
  numbersPageSize: null,
  mainNumber: 'text',
  use: 'none',
  messages: 'documented',
  messagesCap: null,
  logs: 'documented',
  ignoresTargetOfUse: false,
  revoked: [],
  firstToken: 0,
  identity: {},
}

export function behaviourOf(options: SandboxOptions): Behaviour {
  const { port: _port, size: _size, replay: _replay, ...asked } = options
  return { ...defaults, ...asked }
}
