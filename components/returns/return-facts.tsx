import type { ReactNode } from 'react'
import { StateMark } from '@/components/inventory/state-mark'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { NumberReturns } from './number-returns'
import type { ReturnTarget } from './target'

const LAST = {
  yes: 'This is the last number of this account. Without it, the agent can’t be called.',
  maybe: 'This may be the last number of this account: the list is not complete.',
  no: null,
} as const

/** A name and, because two may share it, its id. */
function Named({ name, id }: { name: string; id: string }) {
  return (
    <>
      {name} <span className="text-ink-3 tabular-nums">{id}</span>
    </>
  )
}

function Holding({ row }: { row: NumberRow }) {
  const { id, name, organizationId, organizationName } = row.account
  const facts: [string, ReactNode][] = [
    ['Agent account', <Named key="agent" name={name} id={id} />],
    [
      'Organization',
      organizationId === null ? (
        (organizationName ?? 'none')
      ) : (
        <Named key="organization" name={organizationName ?? ''} id={organizationId} />
      ),
    ],
    ['State', <StateMark key="state" row={row} />],
    ['Label', row.label],
    ['Provider', row.provider],
  ]
  return (
    <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 @max-[16rem]:grid-cols-[minmax(0,1fr)]">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name} className="contents">
              <dt className="text-ink-3">{name}</dt>
              <dd className="wrap-break-word">{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

/** The number that a confirmation is about, who holds it, and what else the list tells of it. */
export function ReturnSubject({ target: { number, national, row } }: { target: ReturnTarget }) {
  return (
    <div className="rounded-panel border border-line bg-canvas px-4 py-3 @max-[16rem]:px-2">
      <p className="text-xl font-semibold tabular-nums wrap-anywhere @max-[16rem]:text-lg">{number}</p>
      {national && <p className="text-sm text-ink-3 tabular-nums">{national}</p>}
      {row && <Holding row={row} />}
    </div>
  )
}

/** Where it goes. Which suppliers are integrated is not known (shared/vida-api.md), so neither is this. */
function goesBack(provider: string | null): string {
  return provider === null
    ? 'If an integrated supplier provided it, it goes back there and may be lost for good.'
    : `Vida names ${provider} as its provider. If that is an integrated supplier, it goes back there and may be lost for good.`
}

/** What a return would do; no longer said once it has its answer. */
export function ReturnConsequences({
  target: { number, row },
  last,
}: {
  target: ReturnTarget
  last: keyof typeof LAST
}) {
  return (
    <>
      {!row && (
        <p className="text-warn">
          The list does not show who holds this number, so it can’t be checked before it is returned. It is returned on
          your word alone.
        </p>
      )}
      {LAST[last] && <p className="font-medium text-warn">{LAST[last]}</p>}
      <ul className="grid list-disc gap-1 pl-5 text-ink-2">
        <li>Calls and texts to it stop reaching {row ? row.account.name : 'the agent'}.</li>
        <li>{goesBack(row?.provider ?? null)}</li>
        <li>This can’t be undone.</li>
      </ul>
      {!row && <NumberReturns number={number} />}
    </>
  )
}
