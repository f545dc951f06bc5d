import type { Ref } from 'react'
import { controlClass } from './field'
import { SearchIcon } from './icons'
import { focusFirstLine } from './table'

interface SearchFieldProps {
  ref?: Ref<HTMLInputElement>
  id?: string
  label: string
  placeholder: string
  value: string
  /** null: it is empty. */
  onSearch: (text: string | null) => void
  /** How much room it takes where it stands. */
  frame: string
}

/** Finds while one types; what it says is in the page's address. Enter or ↓ goes on to what it found. */
export function SearchField({ label, onSearch, frame, ...rest }: SearchFieldProps) {
  return (
    <div className={`relative grow ${frame}`}>
      <SearchIcon className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-ink-3" />
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
        className={`${controlClass} pl-8 placeholder:text-ellipsis`}
      />
    </div>
  )
}
