'use client'

import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { formatCount } from '@/lib/client/format/format'

/** Lines of a list that are drawn at once. */
const AT_ONCE = 100

/**
 * A long list draws its first `limit` lines, and the rest when `showAll` is pressed. That button goes then, so the focus is
 * left to the list (`ref`), which takes it by script alone. `what` follows the count on the button, if lists stand together.
 */
export function useFolded(count: number, what = '') {
  const ref = useRef<HTMLDivElement>(null)
  const [all, setAll] = useState(false)
  const folded = !all && count > AT_ONCE
  const unfold = () => {
    setAll(true)
    ref.current?.focus({ preventScroll: true })
  }
  return {
    ref,
    limit: folded ? AT_ONCE : count,
    showAll: folded && (
      <Button size="small" className="mt-2" onClick={unfold}>
        Show all {formatCount(count)} {what}
      </Button>
    ),
  }
}
