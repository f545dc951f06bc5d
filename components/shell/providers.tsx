'use client'

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { setNonce } from 'get-nonce'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useState } from 'react'
import { HydrationProvider } from '@/components/ui/hydration'
import { ToastProvider } from '@/components/ui/toast'
import { isSignedOut } from '@/lib/client/fetch/api'
import { prepareFormats } from '@/lib/client/format/format'
import { leave } from '@/lib/client/navigation/leave'

if (typeof window !== 'undefined') prepareFormats()

function makeClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) leave(client, { ended: true, notify: true })
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry: (count, error) => count < 1 && !isSignedOut(error), staleTime: 5_000 },
      // Offline, a return must fail at once, and never wait for the connection and be sent later.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  return client
}

/** @param nonce of the document; later navigations bring others, which its policy does not allow. */
export function Providers({ nonce, children }: { nonce: string | null; children: ReactNode }) {
  useState(() => {
    if (typeof window !== 'undefined' && nonce) setNonce(nonce)
    return nonce
  })
  const [client] = useState(makeClient)
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <HydrationProvider>
          <ToastProvider>{children}</ToastProvider>
        </HydrationProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  )
}
