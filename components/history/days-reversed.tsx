import { formatDay } from '@/lib/client/format/format'
import { Button } from '../ui/button'
import { EmptyPanel } from '../ui/notice'

interface DaysReversedProps {
  /** Days as `YYYY-MM-DD`, the first after the last. */
  days: { from: string; to: string }
  onSwap: () => void
  onClear: () => void
}

/** A day in the person's own time zone, whatever its time. */
const dayWords = (day: string) => formatDay(`${day}T12:00:00`)

/** In place of the table: no return can match, and it would look as if there were none. */
export function DaysReversed({ days: { from, to }, onSwap, onClear }: DaysReversedProps) {
  return (
    <EmptyPanel
      title="The days are the wrong way round"
      action={
        <>
          <Button onClick={onSwap}>Swap the days</Button>
          <Button onClick={onClear}>Clear filters</Button>
        </>
      }
    >
      The first day, {dayWords(from)}, is after the last, {dayWords(to)}, so no return can match.
    </EmptyPanel>
  )
}
