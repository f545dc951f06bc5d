'use client'

import { useEffect, useState } from 'react'
import { plural } from '@/lib/client/format/format'

const QUIET = 700

/** Tells assistive technology how many numbers match, once the typing has stopped. */
export function CountLiveRegion({ count, active }: { count: number; active: boolean }) {
  return <Announced text={active ? plural(count, 'number matches', 'numbers match') : ''} />
}

/** Tells how many are selected: a key on a row changes a box that has not the focus. */
export function SelectionAnnouncer({ count }: { count: number }) {
  const [ever, setEver] = useState(false)
  if (count > 0 && !ever) setEver(true)
  return <Announced text={ever ? `${plural(count, 'number')} selected` : ''} />
}

function Announced({ text }: { text: string }) {
  const [told, setTold] = useState('')
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
