'use client'

import { useMutation } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { useToast } from '@/components/ui/toast'
import { isSignedOut } from '@/lib/client/fetch/api'
import { runDiagnosis } from '@/lib/client/queries/diagnosis'
import { VERDICTS } from '@/lib/domain/diagnosis/wording'
import { DiagnosisResult } from './diagnosis-result'

interface Progress {
  calls: number
  most: number
}

function AskingProgress({ progress }: { progress: Progress | null }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
      <progress
        aria-label="Asking Vida"
        className="meter w-full sm:w-60"
        {...(progress && { value: progress.calls, max: progress.most })}
      />
      <span>{progress ? `Call ${progress.calls} of at most ${progress.most}` : 'Asking Vida'}</span>
    </div>
  )
}

/** What Vida does and how the app reads it, asked with the token of the session. */
export function Diagnosis() {
  const heading = useId()
  const toast = useToast()
  const [progress, setProgress] = useState<Progress | null>(null)
  const leave = useRef<AbortController>(null)
  useEffect(() => () => leave.current?.abort(), [])
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => {
      setProgress(null)
      leave.current = new AbortController()
      return runDiagnosis(leave.current.signal, (calls, most) => setProgress({ calls, most }))
    },
    onSuccess: ({ verdict }) =>
      toast(`Diagnosis: ${VERDICTS[verdict].title}.`, verdict === 'ready' ? 'result' : 'caution'),
  })
  return (
    <section aria-labelledby={heading} className="rounded-panel border border-line bg-surface p-4">
      <h2 id={heading} className="text-lg font-semibold">
        Diagnosis
      </h2>
      <p className="mt-1 max-w-prose text-ink-2">
        Asks Vida a little of everything that the app reads, at most 40 times, and says how the app understands the
        answers. Nothing is changed. The report holds names and types of fields: no values, nothing of customers, and no
        token.
      </p>
      <div className="mt-3 grid gap-4">
        <div className="flex flex-wrap items-center gap-3">
          <Button variant="primary" busy={isPending} onClick={() => mutate()}>
            Run diagnosis
          </Button>
          {isPending && <AskingProgress progress={progress} />}
        </div>
        {error && !isSignedOut(error) && (
          <Notice tone="warn" alert>
            <p>{error.message}</p>
          </Notice>
        )}
        {data && !isPending && <DiagnosisResult report={data} />}
      </div>
    </section>
  )
}
