'use client'

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { formatCount } from '@/lib/client/format/format'
import { normalize, normalizedForms } from '@/lib/domain/text/normalize'
import { controlClass } from './field'
import { ChevronIcon } from './icons'
import { Popup } from './popup'

export interface Choice {
  value: string
  label: string
  count?: number
}

interface ChoiceMenuProps {
  /** Of its button, for what opens it from elsewhere. */
  id?: string
  label: string
  /** What it says when nothing is chosen; undefined: something always is. */
  none?: string
  /** Empty: nothing. */
  value: string
  choices: readonly Choice[]
  onChoose: (value: string) => void
  /** Its button says what is chosen here, where the choice alone does not tell. */
  named?: boolean
  className?: string
}

/** From this many on, a field narrows them. */
const MANY = 8
const MOST_SHOWN = 200

/** Says in `data-more` whether a list goes on below what is seen of it. */
function markMore(list: HTMLElement | null): void {
  list?.toggleAttribute('data-more', list.scrollHeight - list.scrollTop - list.clientHeight > 1)
}

function Choices({
  label,
  none,
  value,
  choices,
  onChoose,
  close,
}: Omit<ChoiceMenuProps, 'id' | 'named' | 'className'> & { close: () => void }) {
  const [text, setText] = useState('')
  const name = useId()
  const list = useRef<HTMLFieldSetElement>(null)
  // What is narrowed may be seen as a whole.
  useEffect(() => markMore(list.current))
  const wanted = normalize(text)
  const found = choices.filter(({ label }) => normalizedForms(label).some((form) => form.includes(wanted)))
  const all: Choice[] = none && !wanted ? [{ value: '', label: none }, ...found] : found
  const choose = (chosen: string) => {
    if (chosen !== value) onChoose(chosen)
    close()
  }
  const onKeyDown = (event: KeyboardEvent, chosen: string | undefined) => {
    if (event.key !== 'Enter' || chosen === undefined) return
    // The button below gets the focus, and would take the same key for a press.
    event.preventDefault()
    choose(chosen)
  }
  return (
    <>
      {choices.length > MANY && (
        <input
          type="text"
          aria-label={`Find in ${label.toLowerCase()}`}
          placeholder="Type to find"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => onKeyDown(event, wanted ? found[0]?.value : undefined)}
          className={controlClass}
        />
      )}
      {/* The last line that is seen is cut, and fades: there is more. A mask fades in forced colours, too. */}
      <fieldset
        ref={list}
        onScroll={(event) => markMore(event.currentTarget)}
        className="-mx-1 max-h-[clamp(8rem,var(--room)-5rem,19rem)] overflow-y-auto overscroll-contain px-1 max-sm:max-h-[min(19rem,60dvh)] data-more:[mask-image:linear-gradient(to_bottom,#000_calc(100%-2.5rem),transparent)]"
      >
        <legend className="sr-only">{label}</legend>
        {all.slice(0, MOST_SHOWN).map((choice) => (
          <label
            key={choice.value}
            className="flex min-h-8 items-center gap-2.5 rounded-control px-2 hover:bg-sunken has-checked:font-medium has-focus-visible:bg-sunken max-sm:min-h-11"
          >
            <input
              type="radio"
              name={name}
              checked={choice.value === value}
              className="size-4 accent-accent"
              onChange={() => onChoose(choice.value)}
              // Space chooses and goes on; a press or Enter is final.
              onClick={(event) => event.detail > 0 && close()}
              onKeyDown={(event) => {
                // The browser's own would choose with each step, and each choice is one to go back to.
                if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') event.preventDefault()
                onKeyDown(event, choice.value)
              }}
            />
            <span className="min-w-0 grow wrap-break-word">{choice.label}</span>
            {choice.count !== undefined && (
              <span className="text-sm text-ink-3 tabular-nums">{formatCount(choice.count)}</span>
            )}
          </label>
        ))}
      </fieldset>
      {found.length === 0 && <p className="px-2 text-ink-3">Nothing matches.</p>}
      {found.length > MOST_SHOWN && <p className="px-2 text-sm text-ink-3">Type to find the others.</p>}
    </>
  )
}

/** One of several. Its choices are in the document only while it is open: hundreds of names cost nothing until then. */
export function ChoiceMenu({
  id,
  label,
  none,
  value,
  choices,
  onChoose,
  named = false,
  className = '',
}: ChoiceMenuProps) {
  const chosen = choices.find((choice) => choice.value === value)?.label ?? (value || (none ?? ''))
  return (
    <Popup
      id={id}
      label={`${label}: ${chosen}`}
      className={`w-full justify-between! font-normal! ${value && none ? 'border-accent! text-accent!' : ''}`}
      frame={className}
      button={
        <>
          <span className="min-w-0 truncate">{named ? `${label}: ${chosen}` : chosen}</span>
          <ChevronIcon className="size-3 rotate-90 text-ink-3" />
        </>
      }
    >
      {(close) => (
        <Choices
          label={label}
          {...(none && { none })}
          value={value}
          choices={choices}
          onChoose={onChoose}
          close={close}
        />
      )}
    </Popup>
  )
}
