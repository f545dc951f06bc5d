'use client'

import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { formatCount } from '@/lib/client/format/format'

const FIRST = 100

/** Draws `limit` lines until `showAll` is pressed, which moves the focus to the list. `what` follows the count. */
export function useFolded(count: number, what = '') {
  const ref = useRef<HTMLDivElement>(null)
  const [all, setAll] = useState(false)
  const folded = !all && count > FIRST
  const unfold = () => {
    setAll(true)
    ref.current?.focus({ preventScroll: true })
  }
  return {
    ref,
    limit: folded ? FIRST : count,
    showAll: folded && (
      <Button size="small" className="mt-2" onClick={unfold}>
        {`Show all ${formatCount(count)} ${what}`}
      </Button>
    ),
  }
}
