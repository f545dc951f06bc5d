import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CustomerScreen } from '@/components/customers/customer-screen'
import { isVidaId } from '@/lib/domain/accounts/vida-id'
import { settings } from '@/lib/server/config/current'
import { requirePageSession } from '@/lib/server/session/page-session'

interface CustomerProps {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: CustomerProps): Promise<Metadata> {
  const id = decodeURIComponent((await params).id)
  return { title: isVidaId(id) ? `Customer ${id}` : 'Customer' }
}

export default async function CustomerPage({ params }: CustomerProps) {
  const { id: written } = await params
  const id = decodeURIComponent(written)
  if (!isVidaId(id)) notFound()
  await requirePageSession(`/customers/${written}`)
  const { maxBatch, returnHoldSeconds } = settings()
  return <CustomerScreen key={id} id={id} maxBatch={maxBatch} holdSeconds={returnHoldSeconds} />
}
