'use client'

import { usePathname } from 'next/navigation'
import {
  createContext,
  type FocusEvent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react'
import { AppLink } from './app-link'
import { IconButton } from './button'
import { Icon } from './icon'

/** caution: a result that is not what was wanted, or proves nothing. */
type Tone = 'result' | 'caution' | 'failure'
/** Where more about it stands. */
interface More {
  href: string
  words: string
}
interface News {
  id: number
  text: string
  tone: Tone
  more: More | undefined
}
type ShowToast = (text: string, tone?: Tone, more?: More) => void

/** How long a result stays, and how soon it is tried again while somebody is at it, ms. */
const STAYS = 8_000
const AGAIN = 2_000

const ToastContext = createContext<ShowToast>(() => undefined)

/**
 * Tells a result (or a failure) once, on screen and to assistive technology. A result that was wanted leaves by itself, since
 * the page or History says the same; anything else stays until dismissed or replaced. An empty text takes it away.
 */
export function useToast() {
  return useContext(ToastContext)
}

/** Holds the page's one status region. `aria-live` keeps it audible while a dialog hides the rest of the page. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [news, setNews] = useState<News | null>(null)
  const toast: ShowToast = useCallback((text, tone = 'result', more) => {
    setNews((before) => (text ? { id: (before?.id ?? 0) + 1, text, tone, more } : null))
  }, [])
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (news?.tone !== 'result') return
    // Not from under a pointer or the focus, and not while nobody sees the page.
    const leave = () => {
      if (document.hidden || box.current?.matches(':hover, :focus-within')) timer = setTimeout(leave, AGAIN)
      else setNews(null)
    }
    let timer = setTimeout(leave, STAYS)
    return () => clearTimeout(timer)
  }, [news])
  // A result belongs to the page on which it came about.
  const path = usePathname()
  const [shownOn, setShownOn] = useState(path)
  if (path !== shownOn) {
    setShownOn(path)
    setNews(null)
  }
  // The button that dismisses goes with the message, and the focus must not go with it.
  const before = useRef<Element | null>(null)
  const remember = ({ relatedTarget }: FocusEvent) => {
    if (!box.current?.contains(relatedTarget)) before.current = relatedTarget
  }
  const dismiss = () => {
    setNews(null)
    const back = before.current?.isConnected ? before.current : document.getElementById('content')
    if (back instanceof HTMLElement) back.focus({ preventScroll: true })
  }
  const failed = news?.tone === 'failure'
  const wanted = news?.tone === 'result'
  const line = news && (
    <p key={news.id}>
      {news.text}
      {news.more && (
        <>
          {' '}
          <AppLink
            href={news.more.href}
            onFocus={remember}
            className="rounded-control whitespace-nowrap underline underline-offset-4"
          >
            {news.more.words}
          </AppLink>
        </>
      )}
    </p>
  )
  // Above the selection bar while there is one: news must not cover its buttons.
  const frame = news
    ? `fixed inset-x-3 bottom-3 in-[body:has([data-selection-bar])]:bottom-17 max-sm:in-[body:has([data-selection-bar])]:bottom-33 short:bottom-3! z-60 flex max-w-md items-start sm:left-6 gap-3 rounded-panel border py-2 pr-2 pl-3 shadow-lift ${wanted ? 'border-line bg-surface' : 'border-warn-line bg-warn-soft text-warn'}`
    : ''
  return (
    <ToastContext value={toast}>
      {children}
      <div ref={box} className={frame}>
        {news &&
          (wanted ? (
            <Icon name="check" className="mt-1.5 size-4 text-accent" />
          ) : (
            <Icon name="warn" className="mt-1.5 size-4" />
          ))}
        <div className={news ? 'min-w-0 grow py-1 wrap-break-word' : 'sr-only'}>
          <div role="status" aria-live="polite">
            {!failed && line}
          </div>
          {failed && <div role="alert">{line}</div>}
        </div>
        {news && (
          <IconButton label="Dismiss message" size="small" onFocus={remember} onClick={dismiss}>
            <Icon name="close" />
          </IconButton>
        )}
      </div>
    </ToastContext>
  )
}
