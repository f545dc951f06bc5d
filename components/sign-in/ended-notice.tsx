'use client'

import { useEffect, useRef, useState } from 'react'
import { Notice } from '@/components/ui/notice'
import { takeUnsent } from '@/lib/client/storage/unsent'

/** Why somebody stands here again, and what it means for the return that was pressed when the session was over. */
export function EndedNotice() {
  const [unsent, setUnsent] = useState<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Read out first; the field is the next stop.
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true })
    const number = takeUnsent()
    if (number !== null) setUnsent(number)
  }, [])
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      <Notice tone="warn">
        <p>
          Your session has ended. Sign in again and you are back where you were. If it ended because Vida no longer
          takes the token, you need a new one.
        </p>
        <div aria-live="polite">
          {unsent && (
            <p className="mt-1">
              It had ended before <span className="tabular-nums">{unsent}</span> could be returned. Nothing was sent for
              that number.
            </p>
          )}
        </div>
      </Notice>
    </div>
  )
}
