'use client'

import type { ComponentProps, MouseEvent } from 'react'
import { useFollow } from '@/lib/client/navigation/address'

/** Not next/link: its prefetching, which no page uses, costs 4 kB, and it would not wait for the address. */
export function AppLink({ href, onClick, ...rest }: ComponentProps<'a'> & { href: string }) {
  const goTo = useFollow()
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0
    if (elsewhere || event.defaultPrevented) return
    event.preventDefault()
    goTo(href)
  }
  return <a {...rest} href={href} onClick={follow} />
}
