'use client'

import { useEffect, useState } from 'react'
import { plural } from '@/lib/client/format/format'

const QUIET_MS = 700

export function CountLiveRegion({ count, active }: { count: number; active: boolean }) {
  return <LiveRegion text={active ? plural(count, 'number matches', 'numbers match') : ''} />
}

/** Says how many are selected: a key on a row changes a checkbox that does not have the focus. */
export function SelectionLiveRegion({ count }: { count: number }) {
  const [ever, setEver] = useState(false)
  if (count > 0 && !ever) setEver(true)
  return <LiveRegion text={ever ? `${plural(count, 'number')} selected` : ''} />
}

function LiveRegion({ text }: { text: string }) {
  const [said, setSaid] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), QUIET_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  )
}
