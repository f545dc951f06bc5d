import 'server-only'
import type { RecordOutcome } from '@/lib/domain/returns/record'
import { DatabaseUnavailable } from '@/lib/server/db/unavailable'

/** The ledger cannot be read or written; nothing may be sent. `code` is for the operator and holds no secret. */
export class LedgerUnavailable extends DatabaseUnavailable {
  override readonly name = 'LedgerUnavailable'

  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'LedgerUnavailable'
  }
}

/** The event contradicts the record's outcome, or there is no such receipt (`present` is null). */
export class LedgerConflict extends Error {
  override readonly name = 'LedgerConflict'
  readonly present: RecordOutcome | null
  constructor(receiptId: string, present: RecordOutcome | null, wanted: RecordOutcome) {
    super(present === null ? `No receipt ${receiptId}.` : `${receiptId} is ${present} and cannot become ${wanted}.`)
    this.present = present
  }
}

export class BadCursor extends Error {
  override readonly name = 'BadCursor'
  constructor() {
    super('This cursor is not one of the ledger’s.')
  }
}

export async function guarded<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw error instanceof DatabaseUnavailable ? new LedgerUnavailable(error.code) : error
  }
}
