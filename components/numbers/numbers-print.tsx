'use client'

import { Printed, PrintedTable } from '@/components/inventory/printed'
import { stateWording } from '@/components/inventory/state-mark'
import type { ViewModel } from '@/components/inventory/use-view'
import { lastUsedWording } from '@/components/inventory/use-wording'
import { withId } from '@/components/returns/receipt-wording'
import { formatAbroad, formatCountry, plural } from '@/lib/client/format/format'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { smsWording } from '@/lib/domain/inventory/sort'
import { rowUse } from '@/lib/domain/inventory/unused'
import { cleanLine } from '@/lib/domain/text/clean'
import type { ColumnId } from './columns'
import { filterWordings, unusedWording } from './filter-wording'
import { useNumbers, useShown } from './numbers-context'
import { useColumns } from './use-columns'

/** A pasted search may hold thousands of numbers. */
const LONGEST_SEARCH = 200

function viewWording({ params, alone, churn, unused, choices }: ViewModel): string[] {
  if (alone) return ['Selected numbers']
  const { q } = params
  return [
    churn && 'Churn queue',
    unused && unusedWording(params.only),
    q && `Search: “${cleanLine(q, LONGEST_SEARCH)}”`,
    ...filterWordings(params, choices),
  ].flatMap((words) => words || [])
}

const CELLS: Record<ColumnId, (row: NumberRow, view: ViewModel) => string | null> = {
  number: ({ number }: NumberRow) => number,
  agent: ({ account: { id, name } }: NumberRow) => withId(name, id),
  organization: ({ account }: NumberRow) => withId(account.organizationName, account.organizationId),
  country: ({ country }: NumberRow) => country && formatCountry(country),
  state: stateWording,
  used: (row, { uses }) => lastUsedWording(rowUse(uses, row), Date.now()),
  label: ({ label }: NumberRow) => label,
  provider: ({ provider }: NumberRow) => provider,
  texts: smsWording,
}

/** The list as it is filtered and sorted, with the columns that are shown; closed groups are open. */
export function NumbersPrint() {
  const { model } = useNumbers()
  const view = useShown()
  const { hidden, offered } = useColumns(view.uses.size > 0)
  const paper = () => {
    const columns = offered.filter(({ id }) => !hidden.has(id))
    const rows = view.groups?.flatMap((group) => group.rows) ?? view.rows
    const chosen = viewWording(view)
    const about = [
      chosen.join(' · ') || 'All numbers',
      `${plural(rows.length, 'number')}${model.asOf ? `, as of ${formatAbroad(model.asOf)}` : ''}`,
    ]
    if (!model.state.complete) about.push('This list is incomplete. Accounts that could not be read are missing.')
    const content = (
      <PrintedTable
        headings={columns.map(({ heading }) => heading)}
        lines={rows}
        keyOf={({ key }) => key}
        cells={(row) => columns.map(({ id }) => CELLS[id](row, view))}
      />
    )
    return { title: 'Assigned numbers', about, content }
  }
  return <Printed paper={paper} />
}
