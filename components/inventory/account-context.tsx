'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { SignedInAccount } from '@/lib/domain/session/account'

interface SignedIn {
  account: SignedInAccount
  /** The name typed at sign-in; null: none. */
  operator: string | null
  reasonRequired: boolean
}

const AccountContext = createContext<SignedIn | null>(null)

export function AccountProvider({ signedIn, children }: { signedIn: SignedIn; children: ReactNode }) {
  return <AccountContext value={signedIn}>{children}</AccountContext>
}

export function useSignedIn(): SignedIn {
  const signedIn = useContext(AccountContext)
  if (!signedIn) throw new Error('There is no AccountContext here.')
  return signedIn
}

export function useAccount(): SignedInAccount {
  return useSignedIn().account
}
