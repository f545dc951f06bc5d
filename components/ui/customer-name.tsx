'use client'

import type { ReactNode } from 'react'
import { customerPath } from '@/lib/domain/accounts/customer'
import { AppLink } from './app-link'

interface CustomerNameProps {
  /** As `customerOf` gives it. */
  id: string
  name: string | null
  /** Among many: underlined only under the pointer. */
  quiet?: boolean
  tabIndex?: number
  className?: string
  /** In place of the name alone. */
  children?: ReactNode
}

/** A customer's name, which leads to its page. An account without an organization has none. */
export function CustomerName({ id, name, quiet = false, tabIndex, className = '', children }: CustomerNameProps) {
  const path = customerPath(id)
  // One element: a link that is a flex container would drop the spaces between several.
  const shown = children ? <span>{children}</span> : <bdi translate="no">{name ?? id}</bdi>
  if (!path) return shown
  return (
    <AppLink
      href={path}
      tabIndex={tabIndex}
      className={`rounded-control decoration-line decoration-2 underline-offset-4 ${quiet ? 'hover:underline' : 'underline hover:decoration-accent'} ${className}`}
    >
      {shown}
    </AppLink>
  )
}
