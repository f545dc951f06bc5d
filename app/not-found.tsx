import type { Metadata } from 'next'
import { StrayPage } from '@/components/shell/stray-page'
import { buttonClass } from '@/components/ui/button'

export const metadata: Metadata = { title: 'Page not found' }

export default function NotFound() {
  return (
    <StrayPage title="There is no page here">
      <p className="text-ink-2">The address is wrong, or the page has moved. No number was touched.</p>
      <a href="/numbers" className={buttonClass('primary')}>
        Go to the list
      </a>
    </StrayPage>
  )
}
