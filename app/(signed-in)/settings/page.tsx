import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Diagnosis } from '@/components/settings/diagnosis'
import { Reasons } from '@/components/settings/reasons'
import { signInPath } from '@/lib/domain/session/next'
import { currentSession } from '@/lib/server/session/current'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage() {
  const session = await currentSession()
  if (!session) redirect(signInPath('/settings'))
  return (
    <>
      <h1 className="mb-4 text-2xl font-semibold tracking-tight">Settings</h1>
      <div className="grid gap-4">
        <Reasons />
        <Diagnosis />
      </div>
    </>
  )
}
