'use client'

import { createContext, useContext } from 'react'
import type { SignedInAccount } from '@/lib/domain/session/account'

export const AccountContext = createContext<SignedInAccount | null>(null)

export function useAccount(): SignedInAccount {
  const account = useContext(AccountContext)
  if (!account) throw new Error('There is no AccountContext here.')
  return account
}
