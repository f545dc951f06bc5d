'use client'

import { StrayPage } from '@/components/shell/stray-page'
import { Button, buttonClass } from '@/components/ui/button'

/** Reloads the page: the cause may be in this document's memory. */
export default function PageError() {
  return (
    <StrayPage title="This page failed">
      <p role="alert" className="text-ink-2">
        The app could not show this page. A return that was in progress continues on the server; see History for its
        outcome.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={() => location.reload()}>
          Try again
        </Button>
        <a href="/history" className={buttonClass()}>
          Open History
        </a>
      </div>
    </StrayPage>
  )
}
