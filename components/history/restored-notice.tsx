import { Notice } from '@/components/ui/notice'
import { formatMoment } from '@/lib/client/format/format'

/** Times are ISO 8601, UTC. */
export interface Restored {
  knownUntil: string
  restoredAt: string
}

export function RestoredNotice({ knownUntil, restoredAt }: Restored) {
  return (
    <div className="mb-4">
      <Notice tone="warn">
        <p>
          {`The database was restored from a backup: what was returned between ${formatMoment(knownUntil)} and ${formatMoment(restoredAt)} may be missing here.`}
        </p>
      </Notice>
    </div>
  )
}
