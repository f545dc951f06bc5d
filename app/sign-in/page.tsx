import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { StrayPage } from '@/components/shell/stray-page'
import { EndedNotice } from '@/components/sign-in/ended-notice'
import { SignInForm } from '@/components/sign-in/sign-in-form'
import { safeNext } from '@/lib/domain/session/next'
import { settings } from '@/lib/server/config/current'
import { currentSession } from '@/lib/server/session/current'

export const metadata: Metadata = { title: 'Sign in' }

interface SignInProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function SignInPage({ searchParams }: SignInProps) {
  const params = await searchParams
  const next = safeNext(typeof params.next === 'string' ? params.next : null)
  if (await currentSession()) redirect(next)
  return (
    <StrayPage title="Sign in">
      {params.ended === '1' && <EndedNotice />}
      <p className="text-ink-2">
        See every phone number assigned below your Vida account, and return the ones you no longer need.
      </p>
      <SignInForm next={next} focus={params.ended !== '1'} nameRequired={settings().requireOperator} />
      <div className="grid gap-2 border-t border-line pt-4 text-sm text-ink-2">
        <p>
          <strong className="font-medium text-ink">Where is the token?</strong>
          <span>
            {' Sign in to Vida with your reseller account and open its settings; the token is usually under '}
          </span>
          <em>API</em>
          <span>
            . To return numbers you need a reseller’s token; with an organization’s or an agent’s you can only see them.
          </span>
        </p>
        <p>The token is sent to this app’s server once and stored encrypted, in a cookie that scripts can’t read.</p>
      </div>
    </StrayPage>
  )
}
