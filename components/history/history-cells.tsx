import { Fragment } from 'react'
import { Cell } from '@/components/ui/table'
import { WIDE } from './history-grid'

/** Each part keeps its place, whatever direction the others are written in. */
export function Joined({ parts }: { parts: readonly (string | null)[] }) {
  return parts
    .filter((part) => part !== null && part !== '')
    .map((part, index) => (
      <Fragment key={part}>
        {index > 0 && <span>{' · '}</span>}
        <bdi>{part}</bdi>
      </Fragment>
    ))
}

export function NoteCell({ reason, note }: { reason: string | null; note: string | null }) {
  const [first = '–', second] = [reason, note].filter((text) => text !== null)
  return (
    <Cell className={`min-w-0 text-ink-2 ${WIDE}`}>
      <div className="truncate" title={first}>
        {first}
      </div>
      <div className="truncate text-xs text-ink-3 empty:hidden" title={second}>
        {second}
      </div>
    </Cell>
  )
}

export function MomentCell({ moment, by }: { moment: string; by: string }) {
  return (
    <Cell className={`min-w-0 text-ink-2 tabular-nums ${WIDE}`}>
      <span>{moment}</span>
      <div className="truncate text-xs text-ink-3">{`by ${by}`}</div>
    </Cell>
  )
}
