'use client'

import { StrayPage } from '@/components/shell/stray-page'
import { Button, buttonClass } from '@/components/ui/button'

/** Trying again loads the page anew: what broke it may lie in this document's memory. */
export default function PageError() {
  return (
    <StrayPage title="This page broke">
      <p role="alert" className="text-ink-2">
        Something in the app failed while drawing this page. A return that was under way runs on at the server; its
        outcome is in History.
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
