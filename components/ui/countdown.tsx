'use client'

import { useSecondsUntil } from '@/components/ui/hooks'

interface CountdownProps {
  /** ms by this computer's clock; null: there is no hold. */
  until: number | null
  verb: string
  passed: string
}

/** “Returning in 8 s”. Not announced each second. */
export function Countdown({ until, verb, passed }: CountdownProps) {
  const left = useSecondsUntil(until)
  return (
    <span aria-live="off" className="tabular-nums">
      {left > 0 ? `${verb} in ${left} s` : passed}
    </span>
  )
}
