import type { Metadata } from 'next'
import { StrayPage } from '@/components/shell/stray-page'
import { buttonClass } from '@/components/ui/button'

export const metadata: Metadata = { title: 'Page not found' }

export default function NotFound() {
  return (
    <StrayPage title="Page not found">
      <p className="text-ink-2">The address may be wrong, or the page may have moved.</p>
      <a href="/numbers" className={buttonClass('primary')}>
        Go to Numbers
      </a>
    </StrayPage>
  )
}
