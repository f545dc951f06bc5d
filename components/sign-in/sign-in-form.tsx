'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { notifyTabs } from '@/lib/client/navigation/leave'
import { postSession } from '@/lib/client/queries/session'
import { storedOperator, storeOperator } from '@/lib/client/storage/operator'
import { forgetTab } from '@/lib/client/storage/tab'
import { OPERATOR_LIMIT } from '@/lib/domain/session/account'
import { pastedToken } from '@/lib/domain/session/pasted-token'

interface SignInFormProps {
  next: string
  /** Where no on-screen keyboard opens. */
  focus: boolean
  nameRequired: boolean
}

/** Without script the form sends nothing: its fields have no `name`. */
export function SignInForm({ next, focus, nameRequired }: SignInFormProps) {
  const [shown, setShown] = useState(false)
  const [empty, setEmpty] = useState<'token' | 'name' | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const nameField = useRef<HTMLInputElement>(null)
  const signIn = useMutation({
    mutationFn: postSession,
    onSuccess: (accountId, { operator }) => {
      storeOperator(operator ?? '')
      notifyTabs({ type: 'signed-in', accountId })
      form.current?.reset()
      location.assign(next)
    },
    onError: () => tokenField()?.focus(),
  })
  const tokenField = () => form.current?.querySelector('input')
  // The session may have ended in another tab.
  useEffect(forgetTab, [])
  useEffect(() => {
    // Leaves alone what was typed before this script ran.
    if (nameField.current) nameField.current.defaultValue = storedOperator() ?? ''
  }, [])
  useEffect(() => {
    if (!focus || document.activeElement !== document.body || !matchMedia('(hover: hover) and (pointer: fine)').matches)
      return
    form.current?.querySelector('input')?.focus({ preventScroll: true })
  }, [focus])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const token = pastedToken(tokenField()?.value ?? '')
    const operator = nameField.current?.value.trim() || null
    const lacking = token ? (nameRequired && operator === null ? 'name' : null) : 'token'
    setEmpty(lacking)
    if (lacking === 'token') tokenField()?.focus()
    else if (lacking === 'name') nameField.current?.focus()
    else if (!signIn.isPending && !signIn.isSuccess) signIn.mutate({ token, operator })
  }
  const error = empty === 'token' ? 'Paste the token first.' : (signIn.error?.message ?? null)
  return (
    <form ref={form} method="post" onSubmit={submit} className="grid gap-4" noValidate>
      <Field
        label="Vida API token"
        type={shown ? 'text' : 'password'}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        data-1p-ignore
        data-lpignore="true"
        className="pr-16 font-mono"
        error={error}
        inside={
          <Button
            variant="ghost"
            size="small"
            aria-pressed={shown}
            aria-label="Show token"
            onClick={() => setShown(!shown)}
          >
            {shown ? 'Hide' : 'Show'}
          </Button>
        }
      />
      <Field
        ref={nameField}
        label="Your name"
        autoComplete="name"
        maxLength={OPERATOR_LIMIT}
        hint={`${nameRequired ? 'Required' : 'Optional'}. Each receipt says it, since several people may use one token.`}
        error={empty === 'name' ? 'Type your name first.' : null}
      />
      <Button type="submit" variant="primary" busy={signIn.isPending || signIn.isSuccess}>
        Sign in
      </Button>
    </form>
  )
}
