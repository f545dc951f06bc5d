import { type ComponentProps, type ReactNode, useId } from 'react'

export const controlClass =
  'w-full min-w-0 rounded-control border border-control bg-surface px-2.5 min-h-8 text-ink max-sm:min-h-11 max-sm:text-lg aria-invalid:border-warn'

interface FieldProps extends ComponentProps<'input'> {
  label: string
  hint?: ReactNode
  error?: string | null
  inside?: ReactNode
}

export function Field({ label, hint, error, inside, className = '', ...rest }: FieldProps) {
  const id = useId()
  const described = [hint ? `${id}hint` : '', error ? `${id}error` : ''].filter(Boolean).join(' ')
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          {...rest}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
          className={`${controlClass} ${className}`}
        />
        {inside && <div className="absolute inset-y-0 right-1 flex items-center">{inside}</div>}
      </div>
      {hint && (
        <p id={`${id}hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}error`} role="alert" className="text-warn">
          {error}
        </p>
      )}
    </div>
  )
}
