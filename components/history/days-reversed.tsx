import { Button } from '@/components/ui/button'
import { EmptyPanel } from '@/components/ui/notice'
import { formatDay } from '@/lib/client/format/format'

interface DaysReversedProps {
  /** Days as `YYYY-MM-DD`, the first after the last. */
  days: { from: string; to: string }
  onSwap: () => void
  onClear: () => void
}

/** A day in the person's own time zone, whatever its time. */
const dayWording = (day: string) => formatDay(`${day}T12:00:00`)

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
      The first day, {dayWording(from)}, is after the last, {dayWording(to)}, so no return can match.
    </EmptyPanel>
  )
}
