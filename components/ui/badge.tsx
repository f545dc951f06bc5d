import type { ReactNode } from 'react'

const TONES = {
  plain: 'bg-sunken text-ink-2',
  good: 'bg-accent-soft text-accent',
  warn: 'bg-warn-soft text-warn',
} as const

/** The tone only repeats what the word says; forced colours show the transparent border. */
export function Badge({
  tone = 'plain',
  title,
  children,
}: {
  tone?: keyof typeof TONES
  title?: string
  children: ReactNode
}) {
  return (
    <span
      title={title}
      className={`inline-flex shrink-0 items-center rounded border border-transparent px-1.5 text-xs leading-[1.125rem] font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      {children}
    </span>
  )
}
