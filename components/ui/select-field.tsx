import { type ComponentProps, useId } from 'react'
import { controlClass } from './field'

interface SelectFieldProps extends ComponentProps<'select'> {
  label: string
  hint?: string
  /** What the empty choice says. */
  none: string
  choices: readonly string[]
}

/** A list of words to choose one of, or none. */
export function SelectField({ label, hint, none, choices, className = '', ...rest }: SelectFieldProps) {
  const id = useId()
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <select
        {...rest}
        id={id}
        aria-describedby={hint ? `${id}hint` : undefined}
        className={`${controlClass} ${className}`}
      >
        <option value="">{none}</option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
      {hint && (
        <p id={`${id}hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
    </div>
  )
}
