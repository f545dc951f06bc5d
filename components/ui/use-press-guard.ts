'use client'

import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent as ReactPointerEvent,
  useEffect,
  useRef,
  useState,
} from 'react'

/** How long a button is painted before a press counts, ms: in less than this nobody has read what it confirms. */
const PAINTED_MS = 700
/** Two presses that are no farther apart are at the same point, CSS px. */
const SAME_POINT = 32

/** A press under way on the button. `late`: it began before the button was ready, so its click does not count. */
interface Begun {
  pointer: boolean
  key: 'none' | 'counts' | 'late'
}

const NONE: Begun = { pointer: false, key: 'none' }

/** True once the button has been painted for 700 ms. It begins anew with a new `subject`, and after the page was hidden. */
function usePainted(subject: string, onRestart: () => void): boolean {
  const [paintedFor, setPaintedFor] = useState<string | null>(null)
  const restarted = useRef(onRestart)
  useEffect(() => {
    restarted.current = onRestart
  })
  useEffect(() => {
    let frame = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
      setPaintedFor(null)
      restarted.current()
    }
    const start = () => {
      stop()
      if (document.hidden) return
      // The second frame begins after the first one was painted.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => {
          timer = setTimeout(() => setPaintedFor(subject), PAINTED_MS)
        })
      })
    }
    start()
    document.addEventListener('visibilitychange', start)
    return () => {
      document.removeEventListener('visibilitychange', start)
      stop()
    }
  }, [subject])
  return paintedFor === subject
}

/** Tells whether the last press, on anything else, was at this point a moment ago: the button moved under the finger. */
function useMovedUnder() {
  const before = useRef<PointerEvent | null>(null)
  const last = useRef<PointerEvent | null>(null)
  useEffect(() => {
    const note = (event: PointerEvent) => {
      before.current = last.current
      last.current = event
    }
    document.addEventListener('pointerdown', note, true)
    return () => document.removeEventListener('pointerdown', note, true)
  }, [])
  return ({ currentTarget, timeStamp, clientX, clientY }: ReactPointerEvent) => {
    const press = before.current
    if (!press || (press.target instanceof Node && currentTarget.contains(press.target))) return false
    const near = Math.hypot(clientX - press.clientX, clientY - press.clientY) <= SAME_POINT
    return near && timeStamp - press.timeStamp < PAINTED_MS
  }
}

/**
 * Whether a button may be pressed, and whether a click was begun on it after that. `subject` is all that a press would
 * confirm; `off`: the button takes no press for another reason.
 */
export function usePressGuard(subject: string, off: boolean) {
  const begun = useRef(NONE)
  const movedUnder = useMovedUnder()
  const [restarts, setRestarts] = useState(0)
  const painted = usePainted(`${restarts} ${subject}`, () => {
    begun.current = { pointer: false, key: begun.current.key === 'none' ? 'none' : 'late' }
  })
  const open = painted && !off
  return {
    painted,
    onPointerDown: (event: ReactPointerEvent) => {
      const moved = movedUnder(event)
      begun.current = { ...begun.current, pointer: open && !moved }
      if (moved) setRestarts(restarts + 1)
    },
    onKeyDown: ({ key, repeat }: KeyboardEvent) => {
      if (key === 'Enter' || key === ' ') begun.current = { ...begun.current, key: open && !repeat ? 'counts' : 'late' }
    },
    onBlur: () => {
      begun.current = { ...begun.current, key: 'none' }
    },
    onClickCapture: (event: MouseEvent) => {
      const { pointer, key } = begun.current
      begun.current = NONE
      // `detail` is 0 for a key, and for assistive technology, which presses without one.
      if (event.detail > 0 ? pointer : key !== 'late') return
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
