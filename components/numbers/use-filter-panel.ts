'use client'

import { useRef, useState } from 'react'
import { usePhone } from '@/components/ui/hydration'

type FilterName = 'organization' | 'country'

export function useFilterPanel() {
  const phone = usePhone()
  /** The sheet of a phone; elsewhere it is part of the page. */
  const sheet = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const [menu, setMenu] = useState<FilterName | null>(null)
  return {
    sheet,
    open,
    setOpen,
    menu,
    closeMenu: () => setMenu(null),
    openMenu: (name: FilterName) => {
      if (phone) sheet.current?.showPopover()
      setMenu(name)
    },
  }
}

export type FilterPanel = ReturnType<typeof useFilterPanel>
