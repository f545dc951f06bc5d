import type { ReactNode } from 'react'

interface BannerProps {
  label: string
  title: string
  children: ReactNode
}

export function Banner({ label, title, children }: BannerProps) {
  return (
    // One line on a phone, so that loading the font does not move the page.
    <aside
      aria-label={label}
      className="border-b border-warn-line bg-warn-soft px-3 py-1 text-center text-sm text-warn max-sm:truncate max-sm:text-xs sm:px-6"
    >
      <strong className="font-semibold">{title}</strong>
      {children}
    </aside>
  )
}
