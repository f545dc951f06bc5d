'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { StateMark } from '@/components/inventory/state-mark'
import type { InventoryModel } from '@/components/inventory/use-inventory'
import { PASSED_MS } from '@/components/returns/number-returns'
import { CustomerName } from '@/components/ui/customer-name'
import { useNow } from '@/components/ui/hooks'
import { NameWithId } from '@/components/ui/name-with-id'
import { useDebounced } from '@/components/ui/use-debounced'
import { formatAge, formatCountry, formatMoment, formatTime } from '@/lib/client/format/format'
import { seenQuery } from '@/lib/client/queries/seen'
import { numberUseQuery } from '@/lib/client/queries/use'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { NO_FILTER } from '@/lib/domain/inventory/view-params'
import { basisSentence, usageSentence } from '@/lib/domain/use/wording'
import { useNumbers, useShown } from './numbers-context'

function Show({ name, id, onShow }: { name: string; id: string; onShow: () => void }) {
  return (
    <button
      type="button"
      title="Show all its numbers in the list"
      onClick={onShow}
      className="rounded-control text-left underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:min-h-11"
    >
      <NameWithId name={name} id={id} />
    </button>
  )
}

/** Changes when a reading ends: the server may know more about a number then. */
function readingOf({ reading, state }: InventoryModel): string {
  return reading ? 'under way' : `${state.readAt} ${state.accountsRead}`
}

function SeenSince({ row }: { row: NumberRow }) {
  const { model } = useNumbers()
  const settled = useDebounced(row.number, PASSED_MS)
  const { data, error } = useQuery({
    ...seenQuery(row.number, readingOf(model)),
    enabled: settled === row.number,
  })
  if (error) return <span className="text-warn">{`could not be read. ${error.message}`}</span>
  if (!data) return '\u00a0'
  const seen = data.accounts.find(({ accountId }) => accountId === row.account.id)
  if (seen) return `since ${seen.atLeast ? 'at least ' : ''}${formatMoment(seen.since)}`
  return model.reading ? 'for the first time, by the reading under way' : 'not stored yet'
}

/** When Vida lists its last call or text, asked while its page is open. */
function LastUse({ row }: { row: NumberRow }) {
  const settled = useDebounced(row.number, PASSED_MS)
  const now = useNow()
  const { data, error } = useQuery({
    ...numberUseQuery(row.number, row.account.id),
    enabled: settled === row.number,
  })
  if (error) return <span className="text-warn">{`could not be read. ${error.message}`}</span>
  if (!data) return '\u00a0'
  return (
    <>
      <span className="block">{usageSentence(data, now, formatAge)}</span>
      <span className="block text-sm text-ink-3">{`${basisSentence(data)} As of ${formatTime(data.readAt, now)}.`}</span>
    </>
  )
}

export function NumberFacts({ row }: { row: NumberRow }) {
  const { model } = useNumbers()
  const view = useShown()
  const show = (q: string) => void view.setParams({ ...NO_FILTER, view: null, number: null, q })
  const { account } = row
  const from = model.changes.moved.get(row.number)
  const { organizationId } = account
  const facts: [string, ReactNode][] = [
    ['National form', row.national],
    ['Country', row.country && formatCountry(row.country)],
    [
      'Agent account',
      <Show key="agent" name={account.name} id={account.id} onShow={() => show(`account:${account.id}`)} />,
    ],
    [
      'Organization',
      organizationId && (
        <CustomerName
          key="organization"
          name={null}
          id={organizationId}
          className="max-sm:inline-flex max-sm:min-h-11 max-sm:items-center"
        >
          <NameWithId name={account.organizationName ?? 'Organization'} id={organizationId} />
        </CustomerName>
      ),
    ],
    ['Label', row.label],
    ['Provider', row.provider],
    ['SMS', row.sms === null ? null : row.sms ? 'Yes' : 'No'],
    ['State', <StateMark key="state" row={row} />],
  ]
  if (account.canceledReason) facts.push(['Reason given', account.canceledReason])
  if (from) facts.splice(2, 0, ['Moved here from', <NameWithId key="from" name={from.name} id={from.id} />])
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5 @max-[16rem]:grid-cols-[minmax(0,1fr)]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className="wrap-break-word tabular-nums">{value ?? '–'}</dd>
        </div>
      ))}
      <dt className="text-ink-3">Seen here</dt>
      <dd className="tabular-nums">
        <SeenSince row={row} />
      </dd>
      <dt className="text-ink-3">Use</dt>
      <dd className="min-h-10 tabular-nums">
        <LastUse row={row} />
      </dd>
    </dl>
  )
}
