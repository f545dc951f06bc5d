'use client'

import { inter } from './fonts'
import './globals.css'

/** Stands in for everything, the frame of the page included. */
export default function GlobalError() {
  return (
    <html lang="en" data-theme="system" className={inter.variable}>
      <body className="min-h-dvh">
        <title>Numberdesk broke</title>
        <main className="mx-auto grid max-w-md gap-4 px-4 pt-[12vh]">
          <h1 className="text-xl font-semibold">Numberdesk broke</h1>
          <p role="alert" className="text-ink-2">
            The app itself failed. A return that was under way runs on at the server; its outcome is in History.
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
