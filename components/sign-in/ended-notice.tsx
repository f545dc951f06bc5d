'use client'

import { useEffect, useState } from 'react'
import { takeUnsent } from '../shell/unsent'
import { Notice } from '../ui/notice'

/** Why somebody stands here again, and what it means for the return that was pressed when the session was over. */
export function EndedNotice() {
  const [unsent, setUnsent] = useState<string | null>(null)
  useEffect(() => {
    const number = takeUnsent()
    if (number !== null) setUnsent(number)
  }, [])
  return (
    <Notice tone="warn">
      <p>Your session has ended. Sign in again and you are back where you were.</p>
      <div aria-live="polite">
        {unsent && (
          <p className="mt-1">
            It had ended before <span className="tabular-nums">{unsent}</span> could be returned. Nothing was sent for
            that number.
          </p>
        )}
      </div>
    </Notice>
  )
}
