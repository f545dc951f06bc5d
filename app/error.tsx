'use client'

import { StrayPage } from '@/components/shell/stray-page'
import { Button, buttonClass } from '@/components/ui/button'

export default function PageError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <StrayPage title="This page broke">
      <p role="alert" className="text-ink-2">
        Something in the app failed while drawing this page. A return that was under way runs on at the server; its
        outcome is in History.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => retry()}>
          Try again
        </Button>
        <a href="/history" className={buttonClass()}>
          Open History
        </a>
      </div>
    </StrayPage>
  )
}
