'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { useToast } from '@/components/ui/toast'
import { formatOnDay } from '@/lib/client/format/format'
import { postNote, receiptQuery, returnsKey } from '@/lib/client/queries/returns'
import { NOTE_LIMIT, type ReturnRecord } from '@/lib/domain/returns/record'

/** What was said of the return later, and a field for more. */
export function ReceiptNotes({ record: { receiptId, requestedAt, notes } }: { record: ReturnRecord }) {
  const client = useQueryClient()
  const toast = useToast()
  const [text, setText] = useState('')
  const add = useMutation({
    mutationFn: (note: string) => postNote(receiptId, note),
    onSuccess: (record) => {
      setText('')
      toast('Note added.')
      client.setQueryData(receiptQuery(receiptId).queryKey, record)
      return client.invalidateQueries({ queryKey: returnsKey })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const note = text.trim()
    if (note !== '' && !add.isPending) add.mutate(note)
  }
  return (
    <section aria-label="Notes" className="grid gap-3 border-t border-line pt-4">
      {notes.length > 0 && (
        <ul className="grid gap-2">
          {notes.map(({ at, operator, note }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: notes are only ever added at the end.
            <li key={index} className="grid">
              <span className="text-xs text-ink-3 tabular-nums">
                <span>{formatOnDay(at, requestedAt)}</span>
                {operator !== null && <span>{', '}</span>}
                {operator !== null && <bdi translate="no">{operator}</bdi>}
              </span>
              <span className="wrap-break-word">{note}</span>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={submit} className="grid gap-2">
        <Field
          label="Add a note"
          hint="It can’t be changed or removed later."
          maxLength={NOTE_LIMIT}
          autoComplete="off"
          value={text}
          readOnly={add.isPending}
          error={add.error?.message ?? null}
          onChange={({ target }) => setText(target.value)}
        />
        <Button
          type="submit"
          size="small"
          className="justify-self-start"
          busy={add.isPending}
          blocked={text.trim() === ''}
        >
          Add note
        </Button>
      </form>
    </section>
  )
}
