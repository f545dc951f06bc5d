import 'server-only'
import type { LedgerContext } from './context'
import { intentsOf } from './read'
import type { ReturnChoices, Scope } from './types'

const MOST = 200

/** The names and the reasons that returns have, in alphabetical order. */
export async function choices({ db: { queries } }: LedgerContext, scope: Scope): Promise<ReturnChoices> {
  const distinct = async (column: 'operator' | 'reason') => {
    const rows = await intentsOf(queries, scope)
      .select(column)
      .distinct()
      .where(column, 'is not', null)
      .orderBy(column)
      .limit(MOST)
      .execute()
    return rows.flatMap((row) => row[column] ?? [])
  }
  return { operators: await distinct('operator'), reasons: await distinct('reason') }
}
