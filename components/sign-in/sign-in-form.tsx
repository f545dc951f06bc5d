'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { notifyTabs } from '@/lib/client/navigation/leave'
import { postSession } from '@/lib/client/queries/session'
import { forgetTab } from '@/lib/client/storage/tab'
import { pastedToken } from '@/lib/domain/session/pasted-token'

/** Without script the form sends no token: its field has no `name`. `focus`: where no on-screen keyboard opens. */
export function SignInForm({ next, focus }: { next: string; focus: boolean }) {
  const [shown, setShown] = useState(false)
  const [empty, setEmpty] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const signIn = useMutation({
    mutationFn: postSession,
    onSuccess: (accountId) => {
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
    if (!focus || document.activeElement !== document.body || !matchMedia('(hover: hover) and (pointer: fine)').matches)
      return
    form.current?.querySelector('input')?.focus({ preventScroll: true })
  }, [focus])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const token = pastedToken(tokenField()?.value ?? '')
    setEmpty(!token)
    if (!token) tokenField()?.focus()
    else if (!signIn.isPending && !signIn.isSuccess) signIn.mutate(token)
  }
  const error = empty ? 'Paste the token first.' : (signIn.error?.message ?? null)
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
      <Button type="submit" variant="primary" busy={signIn.isPending || signIn.isSuccess}>
        Sign in
      </Button>
    </form>
  )
}
