'use client'

import { reasonWording } from '@/components/returns/outcome-wording'
import { AppLink } from '@/components/ui/app-link'
import { Button, buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { formatMoment } from '@/lib/client/format/format'
import { dismissRefusal } from '@/lib/client/storage/dismissed'
import type { RefusedReturn } from '@/lib/domain/returns/marks'

/** Why Vida did not take the number back the last time. */
export function RefusalNotice({ refused }: { refused: RefusedReturn }) {
  const { receiptId, number, requestedAt } = refused
  return (
    <div className="px-5 pt-3">
      <Notice tone="warn">
        <p className="font-medium">{`Vida refused its return on ${formatMoment(requestedAt)}.`}</p>
        <p className="wrap-anywhere">{reasonWording(refused)}</p>
        <div className="mt-2 flex flex-wrap gap-2">
          <AppLink
            href={`/history?receipt=${encodeURIComponent(receiptId)}`}
            aria-label={`Receipt of ${number}`}
            className={buttonClass('secondary', 'small')}
          >
            Receipt
          </AppLink>
          <Button
            size="small"
            aria-label={`Dismiss the refusal of ${number}`}
            onClick={() => dismissRefusal(receiptId)}
          >
            Dismiss
          </Button>
        </div>
      </Notice>
    </div>
  )
}
