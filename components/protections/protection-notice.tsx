'use client'

import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { formatMoment } from '@/lib/client/format/format'
import type { Protection } from '@/lib/domain/protections/protection'
import { protectedSentence, subjectOf } from '@/lib/domain/protections/wording'

interface ProtectionNoticeProps {
  protection: Protection
  /** null: whoever is signed in may not return, and so not lift it. */
  onLift: ((protection: Protection) => void) | null
}

export function ProtectionNotice({ protection, onLift }: ProtectionNoticeProps) {
  return (
    <Notice
      action={
        onLift && (
          <Button
            size="small"
            aria-haspopup="dialog"
            aria-label={`Lift protection of ${subjectOf(protection)}`}
            onClick={() => onLift(protection)}
          >
            Lift protection…
          </Button>
        )
      }
    >
      <p className="wrap-anywhere">
        <span className="font-medium">{protectedSentence(protection)}</span>{' '}
        <span>{`It can’t be returned. Since ${formatMoment(protection.setAt)}.`}</span>
      </p>
    </Notice>
  )
}
