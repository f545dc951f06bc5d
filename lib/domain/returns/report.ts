import { customerOf } from '@/lib/domain/accounts/customer'
import { RECORD_OUTCOMES, type RecordOutcome, type ReturnRecord } from './record'

/** `name` null: nothing was given. `id`: of a customer, since two may share a name. */
export interface Total {
  id: string | null
  name: string | null
  returns: number
  /** Those that Vida returned. */
  returned: number
}

export interface Totals {
  returns: number
  outcomes: { outcome: RecordOutcome; returns: number }[]
  customers: Total[]
  people: Total[]
  reasons: Total[]
}

class Tally {
  readonly #totals = new Map<string, Total>()

  add(id: string | null, name: string | null, outcome: RecordOutcome): void {
    const key = JSON.stringify(id ?? name)
    const total = this.#totals.get(key) ?? { id, name, returns: 0, returned: 0 }
    total.returns += 1
    if (outcome === 'returned') total.returned += 1
    this.#totals.set(key, total)
  }

  /** Most returns first; those without a name last. */
  inOrder(): Total[] {
    const byCount = (one: Total, other: Total) =>
      Number(one.name === null) - Number(other.name === null) || other.returns - one.returns
    return [...this.#totals.values()].sort(byCount)
  }
}

/** Counts returns by customer, person, reason and outcome, page by page. */
export class ReportTally {
  readonly #outcomes = new Map<RecordOutcome, number>()
  readonly #customers = new Tally()
  readonly #people = new Tally()
  readonly #reasons = new Tally()

  add(records: readonly ReturnRecord[]): void {
    for (const record of records) {
      const { outcome, accountId, accountName, organizationId, organizationName } = record
      const customer =
        accountId === null
          ? { id: null, name: null }
          : customerOf({ id: accountId, name: accountName, organizationId, organizationName })
      this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1)
      this.#customers.add(customer.id, customer.name, outcome)
      this.#people.add(null, record.operator, outcome)
      this.#reasons.add(null, record.reason, outcome)
    }
  }

  totals(): Totals {
    const outcomes = RECORD_OUTCOMES.flatMap((outcome) => {
      const returns = this.#outcomes.get(outcome)
      return returns === undefined ? [] : { outcome, returns }
    })
    return {
      returns: outcomes.reduce((sum, { returns }) => sum + returns, 0),
      outcomes,
      customers: this.#customers.inOrder(),
      people: this.#people.inOrder(),
      reasons: this.#reasons.inOrder(),
    }
  }
}
