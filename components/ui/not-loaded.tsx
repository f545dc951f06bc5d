import type { ReactNode } from 'react'
import { isRefusal } from '@/lib/client/fetch/api'
import { Button } from './button'
import { Notice } from './notice'

interface NotLoadedProps {
  /** “receipt” */
  what: string
  error: Error | null
  busy: boolean
  onRetry: () => unknown
  /** In place of *Retry* where the server refused. */
  instead?: ReactNode
}

export function NotLoaded({ what, error, busy, onRetry, instead }: NotLoadedProps) {
  if (!error) return <p className="text-ink-2">{`Reading the ${what}`}</p>
  const refused = isRefusal(error)
  const retry = (
    <Button busy={busy} onClick={() => onRetry()}>
      Retry
    </Button>
  )
  return (
    <Notice tone="warn" alert action={refused ? instead : retry}>
      {refused ? error.message : `The ${what} could not be read. ${error.message}`}
    </Notice>
  )
}
