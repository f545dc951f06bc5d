'use client'

import { focusManager, type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useOnDemand } from '@/components/ui/on-demand'
import { useToast } from '@/components/ui/toast'
import { leave } from '@/lib/client/navigation/leave'
import { runningBatches } from '@/lib/client/queries/running-batches'
import { deleteSession } from '@/lib/client/queries/session'
import type { BatchSummary } from '@/lib/domain/batches/batch'

const load = () => import('./sign-out-dialog')

interface Asked {
  everywhere: boolean
  batches: BatchSummary[]
}

/** Stops polling first: an answer after the session's end would be an error in the console. */
async function endSession(client: QueryClient, everywhere: boolean): Promise<void> {
  focusManager.setFocused(false)
  try {
    await client.cancelQueries()
    await deleteSession({ everywhere })
  } catch (error) {
    focusManager.setFocused(undefined)
    throw error
  }
}

/** Signs out at once, unless it is everywhere or a batch runs: then `dialog` asks first. */
export function useSignOut() {
  const client = useQueryClient()
  const toast = useToast()
  const [asked, setAsked] = useState<Asked | null>(null)
  const { Loaded: SignOutDialog, fetchCode } = useOnDemand(load)
  const stay = () => setAsked(null)
  const signOut = useMutation({
    mutationFn: async ({ everywhere, sure }: { everywhere: boolean; sure: boolean }): Promise<Asked | null> => {
      const batches = sure ? [] : await runningBatches()
      if (sure || (batches.length === 0 && !everywhere)) {
        await endSession(client, everywhere)
        return null
      }
      await fetchCode().catch(() => {
        throw new Error('The question that comes before it could not be loaded. Reload the page.')
      })
      return { everywhere, batches }
    },
    onSuccess: (question) => {
      if (question) setAsked(question)
      else leave(client, { ended: false, notify: true })
    },
    onError: (error) => {
      stay()
      toast(`You are still signed in. ${error.message}`, 'failure')
    },
  })
  return {
    busy: signOut.isPending,
    signOut: ({ everywhere }: { everywhere: boolean }) => signOut.mutate({ everywhere, sure: false }),
    dialog: asked && SignOutDialog && (
      <SignOutDialog
        {...asked}
        busy={signOut.isPending}
        onSignOut={() => signOut.mutate({ everywhere: asked.everywhere, sure: true })}
        onStay={stay}
      />
    ),
  }
}
