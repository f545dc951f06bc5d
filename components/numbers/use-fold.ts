'use client'

import { useState } from 'react'
import { usePhone } from '@/components/ui/hydration'
import { FOLD_COOKIE, FOLDED, UNFOLDED } from './overview-fold'

const YEAR = 31_536_000

/** What was chosen since this page was loaded: one that comes back by *Back* was drawn before that. */
let chosenHere: boolean | null = null

function keep(folded: boolean): void {
  chosenHere = folded
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
  document.cookie = `${FOLD_COOKIE}=${folded ? FOLDED : UNFOLDED}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`
}

/**
 * Whether the overview is open. On a desk the choice is kept in a cookie, as the theme is, so that the server's first
 * byte has its room. On a phone it would push the list out of sight: there it begins folded each time.
 */
export function useFold(kept: boolean) {
  const phone = usePhone()
  const [folded, setFolded] = useState(chosenHere ?? kept)
  const [openOnPhone, setOpenOnPhone] = useState(false)
  const toggleOnDesk = () => {
    setFolded(!folded)
    keep(!folded)
  }
  return {
    /** What a desk shows; a phone may differ. */
    folded,
    openOnPhone,
    phone,
    open: phone ? openOnPhone : !folded,
    toggle: phone ? () => setOpenOnPhone(!openOnPhone) : toggleOnDesk,
  }
}
