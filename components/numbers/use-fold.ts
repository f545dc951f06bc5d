'use client'

import { useState } from 'react'
import { usePhone } from '@/components/ui/hydration'
import { storeWord } from '@/lib/client/storage/cookie'
import { FOLD_COOKIE, FOLDED, UNFOLDED } from './overview-fold'

/** Chosen since this document was loaded: the server drew a page that Back brings before that. */
let chosenHere: boolean | null = null

function store(folded: boolean): void {
  chosenHere = folded
  storeWord(FOLD_COOKIE, folded ? FOLDED : UNFOLDED)
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
