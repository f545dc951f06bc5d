import type { ComponentProps, MouseEvent } from 'react'
import { Icon } from './icon'

const VARIANTS = {
  primary: 'bg-accent text-accent-ink border-transparent hover:opacity-90',
  secondary: 'bg-surface text-ink border-control hover:bg-sunken',
  ghost: 'border-transparent text-ink-2 hover:bg-sunken hover:text-ink',
  danger: 'bg-danger text-danger-ink border-transparent hover:opacity-90',
  'danger-line': 'bg-surface text-danger-text border-danger-text hover:bg-sunken',
  /** The return button of a row: red only under the pointer or with the focus. */
  'danger-quiet':
    'border-transparent text-ink-2 group-hover/row:not-aria-disabled:text-danger-text hover:not-aria-disabled:border-danger-text hover:not-aria-disabled:text-danger-text focus-visible:not-aria-disabled:text-danger-text max-sm:border-control',
} as const

const SIZES = { small: 'min-h-7 px-2 text-sm', medium: 'min-h-8 px-3' } as const

export type ButtonVariant = keyof typeof VARIANTS
type ButtonSize = keyof typeof SIZES

export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'medium'): string {
  return `inline-flex items-center justify-center gap-1.5 rounded-control border font-medium whitespace-nowrap transition-colors max-sm:whitespace-normal aria-disabled:opacity-50 max-sm:min-h-11 max-sm:px-4 ${SIZES[size]} ${VARIANTS[variant]}`
}

interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant
  size?: ButtonSize
  /** Shows a spinner; a press does nothing. */
  busy?: boolean
  /** A press does nothing; unlike `disabled`, the button can have the focus. */
  blocked?: boolean
}

export function Button({
  variant,
  size,
  busy = false,
  blocked = false,
  className = '',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const off = busy || blocked
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (off) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      type="button"
      {...rest}
      onClick={press}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      className={`${buttonClass(variant, size)} ${className}`}
    >
      {busy && <Icon name="spinner" className="spinner size-4" />}
      {/* Beside the spinner, text needs an element of its own: a browser's translation replaces text nodes. */}
      {typeof children === 'string' ? <span>{children}</span> : children}
    </button>
  )
}

export function IconButton({ label, className = '', ...rest }: Omit<ButtonProps, 'aria-label'> & { label: string }) {
  return (
    <Button
      variant="ghost"
      {...rest}
      aria-label={label}
      title={label}
      className={`aspect-square px-0! max-sm:min-w-11 ${className}`}
    />
  )
}
