import 'server-only'
import type { AccountUse } from '@/lib/domain/use/use'
import type { Context } from '@/lib/server/context/context'
import type { Session } from '@/lib/server/session/current'

/** Stores together what comes while something is being stored. */
export class UseSaver {
  readonly #ctx: Context
  readonly #session: Session
  readonly #waiting: AccountUse[] = []
  #saving: Promise<void> = Promise.resolve()

  constructor(ctx: Context, session: Session) {
    this.#ctx = ctx
    this.#session = session
  }

  add(use: AccountUse): void {
    this.#waiting.push(use)
    if (this.#waiting.length === 1)
      this.#saving = this.#saving.then(() => saveUses(this.#ctx, this.#session, this.#waiting.splice(0)))
  }

  ended(): Promise<void> {
    return this.#saving
  }
}

/** Whoever asked has the use even if this fails, so a failure is only logged. */
export async function saveUses(
  { uses, sessions, log }: Context,
  { identity, root }: Session,
  read: readonly AccountUse[],
): Promise<void> {
  try {
    // What lies below the old root may not be the account's any more.
    if (!(await sessions.hasOtherRoot(identity, root))) await uses.put(identity, read)
  } catch {
    log('error', 'use_not_saved')
  }
}
