'use client'

import { useState } from 'react'

type FilterName = 'organization' | 'country'

export function useFilterPanel() {
  const [open, setOpen] = useState(false)
  const [menu, setMenu] = useState<FilterName | null>(null)
  return {
    open,
    setOpen,
    menu,
    closeMenu: () => setMenu(null),
    openMenu: (name: FilterName) => {
      setOpen(true)
      setMenu(name)
    },
  }
}

export type FilterPanel = ReturnType<typeof useFilterPanel>
