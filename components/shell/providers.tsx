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

// At once: by the time that the first number is drawn, it should be over.
if (typeof window !== 'undefined') prepareFormats()

function makeClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) leave(client, { ended: true, tell: true })
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry: (count, error) => count < 1 && !isSignedOut(error), staleTime: 5_000 },
      // A return must reach the server or fail at once; it may not wait for the connection and go out by itself later.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  return client
}

/** `nonce` is the document's first one: a later navigation brings another, which this document's policy does not know. */
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
