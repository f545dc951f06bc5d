import type { AccountShape, ListShape, NumbersShape } from './shapes.ts'
import type { Role } from './tokens.ts'
import type { WorldSize } from './world-sized.ts'

/** What the sandbox does with every request; changed at any time by `control.configure`. */
export interface Behaviour {
  /** Milliseconds every answer takes. */
  latencyMs: number
  /** Up to that many milliseconds more, from a seeded sequence. */
  jitterMs: number
  /** Whether lists without `active` hide inactive ones, as Vida may. */
  hideInactive: boolean
  /** The largest page, whatever `pageSize` asks for; `null`: no cap. */
  pageSizeCap: number | null
  listShape: ListShape
  numbersShape: NumbersShape
  accountShape: AccountShape
  /** `false`: `phoneNumbers` answers 404 for every account. */
  numbersOffered: boolean
  /** The page that `phoneNumbers` answers in, and the largest that can be asked for; `null`: it ignores paging. */
  numbersPageSize: number | null
  /**
   * How an account object names its main number: as `text`, as a JSON `number`, with `null`, not at all (`absent`), or in
   * lists alone and not where one account is asked for.
   */
  mainNumber: 'text' | 'number' | 'null' | 'absent' | 'lists-only'
  /** How ids are written in JSON; `mixed` as Vida does, some this way and some that way. */
  idsAs: 'numbers' | 'strings' | 'mixed'
  /** Roles whose token is not accepted any more. */
  revoked: Role[]
  /** Fields laid over the answer to “who am I” of a role, to try the identity rules. */
  identity: Partial<Record<Role, Record<string, unknown>>>
  /** How many requests the log keeps; the oldest go first. */
  logLimit: number
}

/** How a sandbox starts, and what `control.reset` brings back. */
export interface SandboxOptions extends Partial<Behaviour> {
  /** Port of the Vida API on 127.0.0.1; 0 or absent: any free one. */
  port?: number
  /** A generated world of that size; `null` or absent: the believable one. */
  size?: WorldSize | null
}

const defaults: Behaviour = {
  latencyMs: 0,
  jitterMs: 0,
  hideInactive: true,
  pageSizeCap: null,
  listShape: 'named-with-total',
  numbersShape: 'phone-number-objects',
  accountShape: 'flat',
  numbersOffered: true,
  numbersPageSize: null,
  mainNumber: 'text',
  idsAs: 'mixed',
  revoked: [],
  identity: {},
  logLimit: 200_000,
}

/** The behaviour that these options ask for, defaults filled in. */
export function behaviourOf(options: SandboxOptions): Behaviour {
  const { port: _port, size: _size, ...asked } = options
  return { ...defaults, ...asked }
}
