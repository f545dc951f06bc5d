import type { ReactNode } from 'react'
import { Wordmark } from './wordmark'

/** The frame of pages without the header: sign-in, an unknown address, a failure. */
export function StrayPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid w-full max-w-md content-start gap-6 px-4 pt-[12vh] pb-12">
      <Wordmark />
      <div className="grid gap-4 rounded-panel border border-line bg-surface p-5 sm:p-6">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {children}
      </div>
    </main>
  )
}
