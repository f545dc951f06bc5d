'use client'

import { useEffect, useRef, useState } from 'react'
import { Notice } from '@/components/ui/notice'
import { takeUnsent } from '@/lib/client/storage/unsent'

export function EndedNotice() {
  const [unsent, setUnsent] = useState<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Read out before the field, which is next in the Tab order.
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true })
    const number = takeUnsent()
    if (number !== null) setUnsent(number)
  }, [])
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      <Notice tone="warn">
        <p>
          Your session has ended. Sign in again to return to the same page. If Vida no longer accepts your token, you
          need a new one.
        </p>
        <div aria-live="polite">
          {unsent && (
            <p className="mt-1">
              <span>{'The session had ended before '}</span>
              <span className="tabular-nums">{unsent}</span>
              <span>{' could be returned. Nothing was sent for that number.'}</span>
            </p>
          )}
        </div>
      </Notice>
    </div>
  )
}
