'use client'

import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { isRefusal } from '@/lib/http/api'
import { type Choice, countOf, leftOutWords } from '@/lib/jobs/choice'
import type { JobItem, JobItemOutcome } from '@/lib/jobs/job'
import { jobQuery } from '@/lib/jobs/query'
import { byOutcome, ITEM_WORDS, jobText, reasonSentence } from '@/lib/jobs/words'
import { Button, buttonClass } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Dialog, DialogActions } from '../ui/dialog'
import { formatCount, formatExactly, plural } from '../ui/format'
import { Notice } from '../ui/notice'

interface JobRecapProps {
  jobId: string | null
  onClose: () => void
  /** Which of these numbers can be chosen, as far as this page knows. */
  choice: (items: readonly JobItem[]) => Choice
  /** Chooses them in the list, to be tried again deliberately. */
  onSelect: (choice: Choice) => void
  /** Opens a number's receipt; null where there is none to be opened. */
  onReceipt: ((receiptId: string) => void) | null
}

/** What still has its turn, or is gone, can't be tried again. */
const TO_TRY_AGAIN: readonly JobItemOutcome[] = ['refused', 'unknown', 'not_returned', 'not_sent']

/** The one receipt of a batch: what went through and what did not, and why. */
export function JobRecap({ jobId, ...rest }: JobRecapProps) {
  return jobId === null ? null : <Recap jobId={jobId} {...rest} />
}

function Recap({ jobId, onClose, choice, onSelect, onReceipt }: JobRecapProps & { jobId: string }) {
  const { data: job, error, isFetching, refetch } = useQuery(jobQuery(jobId))
  return (
    <Dialog side open onClose={onClose} title={job ? `Batch of ${plural(job.total, 'number')}` : 'Batch'}>
      <div className="grid gap-4 px-5 pt-3">
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
          <div className="text-ink-2">
            <p>
              Requested {formatExactly(job.createdAt)} by {job.requestedBy.name}
              {job.endedAt && `, ended ${formatExactly(job.endedAt)}`}
            </p>
            {job.note && <p className="wrap-break-word">Note: {job.note}</p>}
            {job.reason && <p>{reasonSentence(job.reason)}</p>}
            <p className="text-sm text-ink-3">{job.id}</p>
          </div>
        )}
        {job &&
          byOutcome(job.items).map(({ outcome, items }) => (
            <section key={outcome} aria-label={ITEM_WORDS[outcome]}>
              <div className="flex items-center justify-between gap-2">
                <h3 className="font-semibold">
                  {ITEM_WORDS[outcome]} ({items.length})
                </h3>
                {TO_TRY_AGAIN.includes(outcome) && <SelectThese choice={choice(items)} onSelect={onSelect} />}
              </div>
              <ul className="mt-1">
                {items.map(({ number, accountName, message, receiptId }) => (
                  <li key={number} className="border-b border-line py-1 last:border-0">
                    {onReceipt && receiptId ? (
                      <button
                        type="button"
                        aria-label={`Receipt for ${number}`}
                        onClick={() => onReceipt(receiptId)}
                        className="rounded-control tabular-nums underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:min-h-11"
                      >
                        {number}
                      </button>
                    ) : (
                      <span className="tabular-nums">{number}</span>
                    )}{' '}
                    <span className="text-ink-2">{accountName}</span>
                    {message && outcome !== 'returned' && (
                      <p className="text-sm wrap-break-word text-ink-2">{message}</p>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          ))}
      </div>
      <DialogActions>
        {job && (
          <>
            <CopyButton text={() => jobText(job, formatExactly)} said="Recap copied.">
              Copy as text
            </CopyButton>
            <a href={`/api/jobs/${encodeURIComponent(job.id)}?format=csv`} download className={buttonClass()}>
              Export CSV
            </a>
          </>
        )}
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  )
}

/** Says what pressing it does before it is pressed: how many can be chosen, and why the others can't. */
function SelectThese({ choice, onSelect }: { choice: Choice; onSelect: (choice: Choice) => void }) {
  const id = useId()
  const { items } = choice
  const left = leftOutWords(choice)
  const some = left !== '' && items.length > 0
  return (
    <div className="text-right">
      <Button
        small
        blocked={items.length === 0}
        aria-describedby={left ? id : undefined}
        onClick={() => onSelect(choice)}
      >
        {some ? `Select ${formatCount(items.length)} of ${formatCount(countOf(choice))}` : 'Select these'}
      </Button>
      {left && (
        <p id={id} className="text-sm text-ink-2">
          {left}
        </p>
      )}
    </div>
  )
}
