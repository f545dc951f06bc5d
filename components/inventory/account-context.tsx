'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { SignedInAccount } from '@/lib/domain/session/account'

const AccountContext = createContext<SignedInAccount | null>(null)

export function AccountProvider({ account, children }: { account: SignedInAccount; children: ReactNode }) {
  return <AccountContext value={account}>{children}</AccountContext>
}

export function useAccount(): SignedInAccount {
  const account = useContext(AccountContext)
  if (!account) throw new Error('There is no AccountContext here.')
  return account
}
