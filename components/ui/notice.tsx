import type { ReactNode } from 'react'
import { Icon } from './icon'

interface NoticeProps {
  tone?: 'info' | 'warn'
  /** Announced at once; only for failures. */
  alert?: boolean
  children: ReactNode
  action?: ReactNode
}

export function Notice({ tone = 'info', alert = false, children, action }: NoticeProps) {
  const colors = tone === 'warn' ? 'border-warn-line bg-warn-soft text-warn' : 'border-line bg-surface text-ink-2'
  return (
    <div
      role={alert ? 'alert' : undefined}
      className={`flex flex-wrap items-start gap-x-3 gap-y-2 rounded-panel border px-3 py-2 sm:flex-nowrap ${colors}`}
    >
      <Icon name={tone} className="mt-0.5 size-4" />
      <div className="min-w-0 grow basis-40">{children}</div>
      {action}
    </div>
  )
}

export function EmptyPanel({
  alert = false,
  title,
  children,
  action,
}: {
  alert?: boolean
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  const colors = alert ? 'border-warn-line bg-warn-soft' : 'border-line bg-surface'
  return (
    <div
      role={alert ? 'alert' : undefined}
      className={`grid justify-items-center gap-3 rounded-panel border px-6 py-14 text-center ${colors}`}
    >
      <p className={`text-lg font-semibold ${alert ? 'text-warn' : ''}`}>{title}</p>
      {children && <div className="max-w-prose text-ink-2">{children}</div>}
      {action && <div className="mt-1 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
