'use client'

import { useState } from 'react'
import { EnvironmentBanner } from '@/components/shell/environment-banner'
import { type Theme, themeOf } from '@/components/shell/theme'
import { inter } from './fonts'
import './globals.css'

interface Frame {
  theme: Theme
  /** The Vida API if it is not production. */
  vida: string | null
}

/** Reads the theme and the API from the document that this one replaces. */
function frameBefore(): Frame {
  if (typeof document === 'undefined') return { theme: 'system', vida: null }
  const { theme, vida = null } = document.documentElement.dataset
  return { theme: themeOf(theme), vida }
}

export default function GlobalError() {
  const [{ theme, vida }] = useState(frameBefore)
  return (
    <html lang="en" data-theme={theme} data-vida={vida ?? undefined} className={inter.variable}>
      <body className="min-h-dvh">
        <title>Numberdesk failed</title>
        {vida && <EnvironmentBanner baseUrl={vida} />}
        <main className="mx-auto grid max-w-md gap-4 px-4 pt-[12vh]">
          <h1 className="text-xl font-semibold">Numberdesk failed</h1>
          <p role="alert" className="text-ink-2">
            The app failed. A return that was in progress continues on the server; see History for its outcome.
          </p>
          <button
            type="button"
            onClick={() => location.reload()}
            className="min-h-11 rounded-control bg-accent px-4 font-medium text-accent-ink"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
