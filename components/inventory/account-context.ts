'use client'

import { createContext, useContext } from 'react'
import type { SignedInAccount } from '@/lib/domain/session/account'

/** The signed-in account of the page, and whether it may return numbers. */
export const AccountContext = createContext<SignedInAccount | null>(null)

export function useAccount(): SignedInAccount {
  const account = useContext(AccountContext)
  if (!account) throw new Error('There is no AccountContext here.')
  return account
}
