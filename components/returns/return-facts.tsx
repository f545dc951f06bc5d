import type { ReactNode } from 'react'
import { StateMark } from '@/components/inventory/state-mark'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { undoSentence } from '@/lib/domain/returns/wording'
import { NumberReturns } from './number-returns'
import type { ReturnTarget } from './target'

const LAST = {
  yes: 'This is the account’s last number. Without it, nobody can call the agent.',
  maybe: 'This may be the account’s last number: the list is not complete.',
  no: null,
} as const

/** With the id, since two may share a name. */
function Named({ name, id }: { name: string; id: string }) {
  return (
    <>
      <bdi translate="no">{name}</bdi> <span className="text-ink-3 tabular-nums">{id}</span>
    </>
  )
}

function RowFacts({ row }: { row: NumberRow }) {
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

export function ReturnSubject({ target: { number, national, row } }: { target: ReturnTarget }) {
  const colors = row?.state === 'active' ? 'border-warn-line bg-warn-soft' : 'border-line bg-canvas'
  return (
    <div className={`rounded-panel border px-4 py-3 @max-[16rem]:px-2 ${colors}`}>
      <p translate="no" className="text-xl font-semibold tabular-nums wrap-anywhere @max-[16rem]:text-lg">
        {number}
      </p>
      {national && <p className="text-sm text-ink-3 tabular-nums">{national}</p>}
      {row && <RowFacts row={row} />}
    </div>
  )
}

/** Vida does not document which suppliers are integrated. */
function supplierSentence(provider: string | null): string {
  return provider === null
    ? 'If it comes from an integrated supplier, it goes back to that supplier and may be lost for good.'
    : `Its provider is ${provider}. If that is an integrated supplier, the number goes back there and may be lost for good.`
}

export function ReturnConsequences({
  target: { number, row },
  last,
  holdSeconds,
}: {
  target: ReturnTarget
  last: keyof typeof LAST
  holdSeconds: number
}) {
  return (
    <>
      {!row && (
        <p className="text-warn">
          No account in the list has this number, so it can’t be checked first. It is returned exactly as you entered
          it.
        </p>
      )}
      {row?.state === 'active' && <p className="font-medium text-warn">The account is active.</p>}
      {LAST[last] && <p className="font-medium text-warn">{LAST[last]}</p>}
      <ul className="grid list-disc gap-1 pl-5 text-ink-2">
        <li>{`Calls and texts to it no longer reach ${row ? row.account.name : 'the agent'}.`}</li>
        <li>{supplierSentence(row?.provider ?? null)}</li>
        <li>{undoSentence(holdSeconds)}</li>
      </ul>
      {!row && <NumberReturns number={number} />}
    </>
  )
}
