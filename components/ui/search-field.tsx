import type { ClipboardEvent, Ref } from 'react'
import { useActions } from './actions'
import { controlClass } from './field'
import { focusFirstLine, focusSearch } from './focus'
import { Icon } from './icon'

interface SearchFieldProps {
  ref?: Ref<HTMLInputElement>
  label: string
  placeholder: string
  value: string
  /** Gets null for an empty field. */
  onSearch: (text: string | null) => void
  onFocus?: () => void
  className: string
}

/** The browser would join pasted lines without a separator, and two numbers would become none. */
function joinLines(event: ClipboardEvent<HTMLInputElement>): string | null {
  const lines = event.clipboardData.getData('text').split(/[\r\n]+/)
  if (lines.length < 2) return null
  event.preventDefault()
  const { value, selectionStart, selectionEnd } = event.currentTarget
  const joined = lines
    .map((line) => line.trim())
    .filter(Boolean)
    .join(', ')
  return value.slice(0, selectionStart ?? 0) + joined + value.slice(selectionEnd ?? value.length)
}

/** Searches on each key. Enter or ↓ moves the focus to the first result. */
export function SearchField({ label, onSearch, className, ...rest }: SearchFieldProps) {
  useActions({ search: focusSearch })
  return (
    <div className={`relative min-w-0 grow ${className}`}>
      <Icon name="search" className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-ink-3" />
      <input
        {...rest}
        type="search"
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        onKeyDown={({ key, nativeEvent }) => {
          if ((key === 'Enter' || key === 'ArrowDown') && !nativeEvent.isComposing) focusFirstLine()
        }}
        onChange={(event) => onSearch(event.target.value || null)}
        onPaste={(event) => {
          const text = joinLines(event)
          if (text !== null) onSearch(text || null)
        }}
        className={`${controlClass} pl-8 placeholder:text-ellipsis`}
      />
    </div>
  )
}
