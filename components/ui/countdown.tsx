'use client'

import { useSeconds } from '@/components/ui/hooks'

interface CountdownProps {
  /** ms by this computer's clock; null: there is no hold. */
  until: number | null
  /** What is said with the seconds, and once they have passed. */
  verb: string
  passed: string
}

/** “Returning in 8 s”. Not announced each second. */
export function Countdown({ until, verb, passed }: CountdownProps) {
  const now = useSeconds(until !== null)
  const left = until === null || now === 0 ? 0 : Math.ceil((until - now) / 1_000)
  return (
    <span aria-live="off" className="tabular-nums">
      {left > 0 ? `${verb} in ${left} s` : passed}
    </span>
  )
}
