'use client'

import { useState } from 'react'
import { usePhone } from '@/components/ui/hydration'
import { FOLD_COOKIE, FOLDED, UNFOLDED } from './overview-fold'

const YEAR = 31_536_000

/** Chosen since this document was loaded: the server drew a page that Back brings before that. */
let chosenHere: boolean | null = null

function store(folded: boolean): void {
  chosenHere = folded
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
  document.cookie = `${FOLD_COOKIE}=${folded ? FOLDED : UNFOLDED}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`
}

/** On a wide screen a cookie, which the server can read, says whether the overview is open; a phone begins folded. */
export function useFold(stored: boolean) {
  const phone = usePhone()
  const [folded, setFolded] = useState(chosenHere ?? stored)
  const [openOnPhone, setOpenOnPhone] = useState(false)
  const toggleOnDesktop = () => {
    setFolded(!folded)
    store(!folded)
  }
  return {
    folded,
    openOnPhone,
    phone,
    open: phone ? openOnPhone : !folded,
    toggle: phone ? () => setOpenOnPhone(!openOnPhone) : toggleOnDesktop,
  }
}
