'use client'

import { type ReactNode, useEffect } from 'react'
import { createPortal } from 'react-dom'
import { type Section, useActivity, useActivityPanel } from './activity-context'

interface ActivityEntriesProps {
  section: Section
  count: number
  children: ReactNode
}

/** A page's own entries: counted on the button, and drawn in the panel while it is open. */
export function ActivityEntries({ section, count, children }: ActivityEntriesProps) {
  const { setCount } = useActivity()
  const { slots } = useActivityPanel()
  useEffect(() => {
    setCount(section, count)
    return () => setCount(section, 0)
  }, [setCount, section, count])
  const slot = slots[section]
  return slot && count > 0 ? createPortal(children, slot) : null
}
