'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'

const PAGES = [
  { href: '/numbers', label: 'Numbers' },
  { href: '/history', label: 'History' },
]

export function Nav() {
  const path = usePathname()
  return (
    <nav aria-label="Pages" className="flex items-center gap-1">
      {PAGES.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={path === href ? 'page' : undefined}
          className="inline-flex min-h-8 items-center rounded-control px-2.5 font-medium text-ink-2 hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:text-ink max-sm:min-h-11"
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
