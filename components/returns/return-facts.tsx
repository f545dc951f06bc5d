import type { ReturnTarget } from './target'

const LAST = {
  yes: 'This is the last number of this account. Without it, the agent can’t be called.',
  maybe: 'This may be the last number of this account: the list is not complete.',
  no: null,
} as const

/** The number that a confirmation is about, and who holds it. */
export function ReturnSubject({ target: { number, national, holder } }: { target: ReturnTarget }) {
  return (
    <div className="rounded-panel border border-line bg-canvas px-4 py-3">
      <p className="text-xl font-semibold tabular-nums">{number}</p>
      {national && <p className="text-sm text-ink-3 tabular-nums">{national}</p>}
      {holder && (
        <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          <dt className="text-ink-3">Agent account</dt>
          <dd className="wrap-break-word">
            {holder.name} <span className="text-ink-3 tabular-nums">{holder.id}</span>
          </dd>
          <dt className="text-ink-3">Organization</dt>
          <dd className="wrap-break-word">{holder.organizationName ?? 'none'}</dd>
        </dl>
      )}
    </div>
  )
}

/** What a return would do; no longer said once it has its answer. */
export function ReturnConsequences({ target: { holder }, last }: { target: ReturnTarget; last: keyof typeof LAST }) {
  return (
    <>
      {!holder && (
        <p className="text-warn">
          The list does not show who holds this number, so it can’t be checked before it is returned. It is returned on
          your word alone.
        </p>
      )}
      {LAST[last] && <p className="font-medium text-warn">{LAST[last]}</p>}
      <ul className="grid list-disc gap-1 pl-5 text-ink-2">
        <li>Calls and texts to it stop reaching {holder ? holder.name : 'the agent'}.</li>
        <li>If it came from an integrated supplier, it goes back to that supplier and may not be had again.</li>
        <li>This can’t be undone.</li>
      </ul>
    </>
  )
}
