'use client'

import { Printed, PrintedTable } from '@/components/inventory/printed'
import { formatAbroad, plural } from '@/lib/client/format/format'
import type { Batch } from '@/lib/domain/batches/batch'
import { whyNotReturned } from '@/lib/domain/batches/text'
import { byOutcome, countsSentence, ITEM_WORDING, reasonSentence, stateWording } from '@/lib/domain/batches/wording'
import { confirmedWording, requesterWording } from '@/lib/domain/returns/wording'

const HEADINGS = ['Number', 'Agent account', 'Organization', 'Outcome', 'Receipt']

export function BatchPrint({ batch }: { batch: Batch }) {
  const { id, total, createdAt, endedAt, reason, returnReason, note, items } = batch
  const paper = () => ({
    title: `Batch of ${plural(total, 'number')}`,
    about: [
      `Requested ${formatAbroad(createdAt)} by ${requesterWording(batch)}${endedAt ? `, ended ${formatAbroad(endedAt)}` : ''}`,
      `${stateWording(batch)}: ${countsSentence(batch)}${reason ? `. ${reasonSentence(batch)}` : ''}`,
      ...(returnReason ? [`Reason: ${returnReason}`] : []),
      ...(note ? [`Note: ${note}`] : []),
      `Batch: ${id}`,
    ],
    content: (
      <PrintedTable
        headings={HEADINGS}
        lines={byOutcome(items).flatMap((group) => group.items)}
        keyOf={({ number }) => number}
        cells={(item) => [
          item.number,
          `${item.accountName ?? 'Account'} (${item.accountId})`,
          item.organizationId && `${item.organizationName ?? 'Organization'} (${item.organizationId})`,
          [ITEM_WORDING[item.outcome], confirmedWording(item), whyNotReturned(item)].filter(Boolean).join('. '),
          item.receiptId,
        ]}
      />
    ),
  })
  return <Printed paper={paper} />
}
