'use client'

import { useQuery } from '@tanstack/react-query'
import { useActivity } from '@/components/activity/activity-context'
import { useLazyDialog } from '@/components/ui/use-lazy-dialog'
import { usesRunQuery } from '@/lib/client/queries/uses'

const load = () => import('./find-unused-dialog')
const FAILED = 'The dialog could not be loaded. Nothing was asked. Reload the page and try again.'

/** *Find unused numbers*: asks first, and shows what is under way in Activity. */
export function useFindUnused() {
  const activity = useActivity()
  const { data: run } = useQuery(usesRunQuery)
  const { show, close, Dialog } = useLazyDialog(load, FAILED)
  return { ask: run?.running ? activity.show : show, begun: activity.show, close, Dialog }
}
