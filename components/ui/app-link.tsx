'use client'

import type { ComponentProps, MouseEvent } from 'react'
import { useFollow } from '@/lib/client/navigation/address'

/** A link within the app: Next's router without next/link's prefetching, which no page here uses and which weighs 4 kB. */
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
