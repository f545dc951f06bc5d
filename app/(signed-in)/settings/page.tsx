import type { Metadata } from 'next'
import { Diagnosis } from '@/components/settings/diagnosis'
import { PriceSettings } from '@/components/settings/prices'
import { Reasons } from '@/components/settings/reasons'
import { requirePageSession } from '@/lib/server/session/page-session'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage() {
  const session = await requirePageSession('/settings')
  return (
    <>
      <h1 className="mb-4 text-2xl font-semibold tracking-tight">Settings</h1>
      <div className="grid gap-4">
        <PriceSettings accountName={session.account.name} />
        <Reasons />
        <Diagnosis />
      </div>
    </>
  )
}
