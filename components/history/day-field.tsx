'use client'

import { useEffect, useRef, useState } from 'react'
import { controlClass } from '@/components/ui/field'

/** A pause in typing, after which the day is meant, ms. */
const PAUSE_MS = 600

interface DayFieldProps {
  label: string
  /** `YYYY-MM-DD`, or empty. */
  value: string
  invalid: boolean
  onChange: (day: string) => void
}

/**
 * A day that is asked for once it is typed: each key of its year makes a day of its own (0002, 0020, 0202), and so
 * may the first key of its month.
 */
export function DayField({ label, value, invalid, onChange }: DayFieldProps) {
  const [typed, setTyped] = useState<{ day: string; unfinished: boolean } | null>(null)
  const commit = useRef(() => {})
  useEffect(() => {
    commit.current = () => {
      if (typed === null) return
      setTyped(null)
      if (typed.day !== value) onChange(typed.day)
    }
  })
  useEffect(() => {
    if (typed === null || typed.unfinished || typed.day.startsWith('0')) return
    const timer = setTimeout(() => commit.current(), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <label className="flex items-center gap-2 text-ink-2 max-sm:grid max-sm:min-w-0 max-sm:gap-1">
      <span>{label}</span>
      <input
        type="date"
        value={typed?.day ?? value}
        aria-invalid={invalid || undefined}
        onChange={({ target }) => setTyped({ day: target.value, unfinished: target.validity.badInput })}
        onBlur={() => commit.current()}
        onKeyDown={({ key }) => {
          if (key === 'Enter') commit.current()
        }}
        className={`${controlClass} sm:w-36`}
      />
    </label>
  )
}
