'use client'

import { useQuery } from '@tanstack/react-query'
import { isRefusal } from '@/lib/client/fetch/api'
import { formatAbroad, formatExactly, plural } from '@/lib/client/format/format'
import { isOver, jobQuery } from '@/lib/client/queries/batches'
import type { Job, JobItem } from '@/lib/domain/batches/batch'
import type { Choice } from '@/lib/domain/batches/choice'
import { customersOf } from '@/lib/domain/batches/customers'
import { jobText } from '@/lib/domain/batches/text'
import { byOutcome, countsSentence, reasonSentence, STOP_IS_FINAL, stateWords } from '@/lib/domain/batches/wording'
import { Button, buttonClass } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Dialog, DialogActions } from '../ui/dialog'
import { Notice } from '../ui/notice'
import { JobVerbs } from './batch-actions'
import { RecapCustomers } from './recap-customers'
import { RecapOutcome } from './recap-outcome'
import { useJobVerb } from './use-batch-action'
import { useKeepFocus } from './use-keep-focus'

interface JobRecapProps {
  jobId: string | null
  onClose: () => void
  /** Which of these numbers can be chosen, as far as this page knows. */
  choice: (items: readonly JobItem[]) => Choice
  /** Chooses them in the list, to be tried again deliberately, with the batch's note. */
  onSelect: (choice: Choice, note: string | null) => void
  /** Opens a number's receipt here; null: the receipt is a page away. */
  onReceipt: ((receiptId: string) => void) | null
}

/** The one receipt of a batch: what went through and what did not, and why. */
export function JobRecap({ jobId, ...rest }: JobRecapProps) {
  return jobId === null ? null : <Recap jobId={jobId} {...rest} />
}

function Recap({ jobId, onClose, choice, onSelect, onReceipt }: JobRecapProps & { jobId: string }) {
  const { data: job, error, isFetching, refetch } = useQuery(jobQuery(jobId))
  return (
    <Dialog side open onClose={onClose} title={job ? `Batch of ${plural(job.total, 'number')}` : 'Batch'}>
      <div className="grid grow content-start gap-4 px-5 pt-3">
        {!job && !error && <p className="text-ink-2">Reading the batch</p>}
        {!job && error && (
          <Notice
            tone="warn"
            alert
            action={
              isRefusal(error) ? null : (
                <Button busy={isFetching} onClick={() => refetch()}>
                  Retry
                </Button>
              )
            }
          >
            {error.message}
          </Notice>
        )}
        {job && (
          <>
            <Head job={job} />
            <RecapCustomers job={job} customers={customersOf(job.items)} />
            {byOutcome(job.items).map((group) => (
              <RecapOutcome
                key={group.outcome}
                {...group}
                choice={choice}
                onSelect={(chosen) => onSelect(chosen, job.note)}
                onReceipt={onReceipt}
              />
            ))}
          </>
        )}
      </div>
      <DialogActions>
        {job && (
          <div className="flex gap-2 max-sm:*:grow">
            <CopyButton text={() => jobText(job, formatAbroad)} said="Recap copied.">
              Copy as text
            </CopyButton>
            <a href={`/api/jobs/${encodeURIComponent(job.id)}?format=csv`} download className={buttonClass()}>
              Export CSV
            </a>
          </div>
        )}
        {/* On a phone below them, where the thumb is: the order of the keyboard, too. */}
        <Button className="max-sm:order-first" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** Where the batch stands, who asked for it, and what a person can decide about it here as well as above the list. */
function Head({ job }: { job: Job }) {
  const verb = useJobVerb(job.id)
  const focus = useKeepFocus(job.state, false)
  return (
    <section {...focus} className="grid gap-2 rounded-control text-ink-2">
      <p className="font-medium text-ink tabular-nums">
        {stateWords(job)}: {countsSentence(job)}
      </p>
      {job.reason && <p>{reasonSentence(job)}</p>}
      {job.state === 'paused' && <p>{STOP_IS_FINAL}</p>}
      {!isOver(job) && (
        <div className="flex flex-wrap gap-2 empty:hidden">
          <JobVerbs state={job.state} verb={verb} />
        </div>
      )}
      {verb.error && <p role="alert">{verb.error.message}</p>}
      <div>
        <p>
          Requested {formatExactly(job.createdAt)} by {job.requestedBy.name}
          {job.endedAt && `, ended ${formatExactly(job.endedAt)}`}
        </p>
        {job.note && <p className="wrap-break-word">Note: {job.note}</p>}
        <p className="text-sm text-ink-3">{job.id}</p>
      </div>
    </section>
  )
}
