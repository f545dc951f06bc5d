'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { controlClass } from '@/components/ui/field'
import { NotLoaded } from '@/components/ui/not-loaded'
import { Notice } from '@/components/ui/notice'
import { useToast } from '@/components/ui/toast'
import { putReasons, settingsQuery } from '@/lib/client/queries/settings'
import { MOST_REASONS, REASON_LIMIT } from '@/lib/domain/returns/reasons'

function listed(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim())
  return [...new Set(lines.filter((line) => line !== ''))]
}

function wrongIn(reasons: readonly string[]): string | null {
  if (reasons.length === 0) return 'Type at least one reason.'
  if (reasons.length > MOST_REASONS) return `At most ${MOST_REASONS} reasons.`
  const long = reasons.find((reason) => reason.length > REASON_LIMIT)
  return long ? `“${long.slice(0, 20)}…” is longer than ${REASON_LIMIT} characters.` : null
}

/** The list that a confirmation offers to everybody of the account. */
export function Reasons() {
  const heading = useId()
  const { data, error, isFetching, refetch } = useQuery(settingsQuery)
  return (
    <section aria-labelledby={heading} className="rounded-panel border border-line bg-surface p-4">
      <h2 id={heading} className="text-lg font-semibold">
        Reasons
      </h2>
      <p className="mt-1 max-w-prose text-ink-2">
        Why a number is returned is chosen from this list, by everybody who signs in to this account. A receipt keeps
        the reason that was chosen.
      </p>
      {data ? (
        <ReasonList reasons={data.reasons} />
      ) : (
        <NotLoaded what="list" error={error} busy={isFetching} onRetry={refetch} />
      )}
    </section>
  )
}

function ReasonList({ reasons }: { reasons: readonly string[] }) {
  const id = useId()
  const client = useQueryClient()
  const toast = useToast()
  const [text, setText] = useState<string | null>(null)
  const shown = text ?? reasons.join('\n')
  const wrong = wrongIn(listed(shown))
  const save = useMutation({
    mutationFn: putReasons,
    onSuccess: (saved) => {
      setText(null)
      client.setQueryData(settingsQuery.queryKey, (before) => before && { ...before, ...saved })
      toast('Reasons saved.')
    },
  })
  return (
    <form
      className="mt-3 grid max-w-prose gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (wrong === null && !save.isPending) save.mutate(listed(shown))
      }}
    >
      <label htmlFor={id} className="font-medium">
        One on each line
      </label>
      <textarea
        id={id}
        rows={8}
        value={shown}
        readOnly={save.isPending}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong ? `${id}wrong` : undefined}
        onChange={({ target }) => setText(target.value)}
        className={`${controlClass} py-1.5`}
      />
      <p id={`${id}wrong`} aria-live="polite" className="text-warn empty:hidden">
        {wrong}
      </p>
      {save.error && (
        <Notice tone="warn" alert>
          {save.error.message}
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={save.isPending} blocked={wrong !== null || text === null}>
          Save reasons
        </Button>
        <Button blocked={save.isPending} onClick={() => save.mutate(null)}>
          Use the standard list
        </Button>
      </div>
    </form>
  )
}
