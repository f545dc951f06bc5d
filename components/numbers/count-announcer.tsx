'use client'

import { useEffect, useState } from 'react'
import { plural } from '../ui/format'

const QUIET = 700

/** Tells assistive technology how many numbers match, once the typing has stopped. */
export function CountAnnouncer({ count, active }: { count: number; active: boolean }) {
  const [told, setTold] = useState('')
  const text = active ? plural(count, 'number matches', 'numbers match') : ''
  useEffect(() => {
    const timer = setTimeout(() => setTold(text), QUIET)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p aria-live="polite" className="sr-only">
      {told}
    </p>
  )
}
