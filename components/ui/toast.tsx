'use client'

import { usePathname } from 'next/navigation'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react'
import { AppLink } from './app-link'
import { IconButton } from './button'
import { restoreFocus } from './focus'
import { Icon } from './icon'

/** caution: a result that was not wanted, or proves nothing. */
type Tone = 'result' | 'caution' | 'failure'
interface More {
  href: string
  words: string
}
interface Message {
  id: number
  text: string
  tone: Tone
  more: More | undefined
}
/** `instead`: only in place of this text, if it is still shown. */
type ShowToast = (text: string, tone?: Tone, more?: More, instead?: string) => void

/** How long a result stays, and the wait until the next try while it has the pointer or the focus, ms. */
const STAYS = 8_000
const AGAIN = 2_000

const ToastContext = createContext<ShowToast>(() => undefined)

/** Shows and announces a message. A wanted result disappears by itself: the page or History shows it. '' removes it. */
export function useToast() {
  return useContext(ToastContext)
}

/** The page's one status region. `aria-live` keeps it audible while a dialog hides the rest of the page. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState<Message | null>(null)
  const toast: ShowToast = useCallback((text, tone = 'result', more, instead) => {
    setMessage((before) => {
      if (instead !== undefined && before?.text !== instead) return before
      return text ? { id: (before?.id ?? 0) + 1, text, tone, more } : null
    })
  }, [])
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (message?.tone !== 'result') return
    const leave = () => {
      if (document.hidden || box.current?.matches(':hover, :focus-within')) timer = setTimeout(leave, AGAIN)
      else setMessage(null)
    }
    let timer = setTimeout(leave, STAYS)
    return () => clearTimeout(timer)
  }, [message])
  // A message belongs to the page it was made on.
  const path = usePathname()
  const [shownOn, setShownOn] = useState(path)
  if (path !== shownOn) {
    setShownOn(path)
    setMessage(null)
  }
  const dismiss = () => {
    setMessage(null)
    restoreFocus()
  }
  const failed = message?.tone === 'failure'
  const wanted = message?.tone === 'result'
  const line = message && (
    <p key={message.id}>
      <span>{message.text}</span>
      {message.more && (
        <>
          {' '}
          <AppLink href={message.more.href} className="rounded-control whitespace-nowrap underline underline-offset-4">
            {message.more.words}
          </AppLink>
        </>
      )}
    </p>
  )
  // At the window's top: rows and the selection's bar stay in view.
  const frame = message
    ? `fixed inset-x-3 top-2 z-60 mx-auto flex w-fit max-w-md items-start gap-3 rounded-panel border py-1 pr-1 pl-3 shadow-lift ${wanted ? 'border-line bg-surface' : 'border-warn-line bg-warn-soft text-warn'}`
    : ''
  return (
    <ToastContext value={toast}>
      {children}
      <div ref={box} data-toast="" className={frame}>
        {message &&
          (wanted ? (
            <Icon name="check" className="mt-1.5 size-4 text-accent" />
          ) : (
            <Icon name="warn" className="mt-1.5 size-4" />
          ))}
        <div className={message ? 'min-w-0 grow py-1 wrap-anywhere' : 'sr-only'}>
          <div role="status" aria-live="polite">
            {!failed && line}
          </div>
          {failed && <div role="alert">{line}</div>}
        </div>
        {message && (
          <IconButton label="Dismiss message" size="small" onClick={dismiss}>
            <Icon name="close" />
          </IconButton>
        )}
      </div>
    </ToastContext>
  )
}
