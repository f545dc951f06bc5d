'use client'

import { usePathname } from 'next/navigation'
import { AppLink } from '@/components/ui/app-link'

const PAGES = [
  { href: '/numbers', label: 'Numbers' },
  { href: '/history', label: 'History' },
]

export function Nav() {
  const path = usePathname()
  return (
    <nav aria-label="Pages" className="flex items-center gap-1 max-sm:gap-0">
      {PAGES.map(({ href, label }) => (
        <AppLink
          key={href}
          href={href}
          aria-current={path === href ? 'page' : undefined}
          className="inline-flex min-h-8 items-center rounded-control px-2.5 font-medium text-ink-2 hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:text-ink max-sm:min-h-11 max-sm:px-2 forced-colors:aria-[current=page]:underline"
        >
          {label}
        </AppLink>
      ))}
    </nav>
  )
}
