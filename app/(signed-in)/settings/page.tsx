import type { Metadata } from 'next'
import { Diagnosis } from '@/components/settings/diagnosis'
import { PriceSettings } from '@/components/settings/prices'
import { requirePageSession } from '@/lib/server/session/page-session'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage() {
  await requirePageSession('/settings')
  return (
    <>
      <h1 className="mb-4 text-2xl font-semibold tracking-tight">Settings</h1>
      <div className="grid gap-4">
        <PriceSettings accountName={session.account.name} />
        <Diagnosis />
      </div>
    </>
  )
}
