'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { useToast } from '@/components/ui/toast'
import { formatMoment } from '@/lib/client/format/format'
import { postLift, postProtection, readProtectionsAgain } from '@/lib/client/queries/protections'
import { type Protection, REASON_LIMIT } from '@/lib/domain/protections/protection'
import { protectedSentence, subjectOf } from '@/lib/domain/protections/wording'
import type { AskedProtection, Protectable } from './use-protection-dialog'

interface ProtectionDialogProps {
  asked: AskedProtection
  onClose: () => void
}

export default function ProtectionDialog({ asked, onClose }: ProtectionDialogProps) {
  const client = useQueryClient()
  const toast = useToast()
  const field = useRef<HTMLInputElement>(null)
  const [reason, setReason] = useState('')
  const [at, setAt] = useState(0)
  const lifts = asked.step === 'lift'
  const subject = lifts ? asked.protection : (asked.choices[at] ?? asked.choices[0])
  const change = useMutation({
    mutationFn: async () => {
      if (lifts) await postLift(asked.protection.id, reason)
      else await postProtection({ level: subject.level, target: subject.target, reason })
    },
    onSuccess: () => {
      toast(`${subjectOf(subject)} ${lifts ? 'is not protected any more.' : 'is protected.'}`)
      onClose()
    },
    // Also after a failure: somebody else may have been first.
    onSettled: () => readProtectionsAgain(client),
  })
  // A change under way would close whatever is asked next.
  const close = () => {
    if (!change.isPending) onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() !== '' && !change.isPending) change.mutate()
  }
  return (
    <Dialog
      open
      onClose={close}
      title={lifts ? 'Lift the protection?' : 'Protect from being returned'}
      firstFocus={field}
    >
      <form onSubmit={submit}>
        <div className="grid gap-4 px-5 pt-3">
          {lifts ? (
            <Lifted protection={asked.protection} />
          ) : (
            <>
              <Choices choices={asked.choices} at={at} onChoose={setAt} />
              <p className="text-ink-2">
                Nobody who signs in to this account can return it until somebody lifts the protection. History shows
                both.
              </p>
            </>
          )}
          <Field
            ref={field}
            label="Reason"
            required
            maxLength={REASON_LIMIT}
            autoComplete="off"
            hint={lifts ? 'Why it may be returned again.' : 'Whoever wants to return it reads this.'}
            value={reason}
            readOnly={change.isPending}
            onChange={(event) => setReason(event.target.value)}
          />
          {change.error && (
            <Notice tone="warn" alert>
              {change.error.message}
            </Notice>
          )}
        </div>
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" busy={change.isPending} blocked={reason.trim() === ''}>
            {lifts ? 'Lift protection' : 'Protect'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function Lifted({ protection }: { protection: Protection }) {
  return (
    <div className="grid gap-1 wrap-anywhere">
      <p className="font-medium">{protectedSentence(protection)}</p>
      <p className="text-ink-2">{`Since ${formatMoment(protection.setAt)}. Once it is lifted, it can be returned again.`}</p>
    </div>
  )
}

interface ChoicesProps {
  choices: readonly Protectable[]
  at: number
  onChoose: (at: number) => void
}

function Choices({ choices, at, onChoose }: ChoicesProps) {
  const name = useId()
  const [only, ...others] = choices
  if (only && others.length === 0) return <p className="font-medium wrap-anywhere">{wordingOf(only)}</p>
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 font-medium">What to protect</legend>
      {choices.map((choice, index) => (
        <label
          key={choice.level}
          className="flex items-baseline gap-2 wrap-anywhere max-sm:min-h-11 max-sm:items-center"
        >
          <input
            type="radio"
            name={name}
            checked={index === at}
            onChange={() => onChoose(index)}
            className="size-4 shrink-0 translate-y-0.5 accent-accent max-sm:translate-y-0"
          />
          <span>{wordingOf(choice)}</span>
        </label>
      ))}
    </fieldset>
  )
}

function wordingOf(choice: Protectable): string {
  const all = { number: '', account: ', all its numbers', organization: ', all numbers of its agents' }
  return `${subjectOf(choice)}${all[choice.level]}`
}
