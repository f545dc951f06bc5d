'use client'

import { type ComponentProps, useState } from 'react'
import { formatCount } from '@/lib/client/format/format'
import { normalize, normalizedForms } from '@/lib/domain/text/normalize'
import { controlClass } from './field'
import { Icon } from './icon'
import { Popover } from './popover'

export interface Choice {
  value: string
  label: string
  count?: number
}

interface ListProps {
  label: string
  chosen: readonly string[]
  choices: readonly Choice[]
  onChange: (value: string, ticked: boolean) => void
}

interface FilterMenuProps extends ListProps, Pick<ComponentProps<typeof Popover>, 'className' | 'show' | 'onHide'> {
  /** What the button says when nothing is ticked. */
  none: string
}

const SEARCHABLE_FROM = 8
/** A long list fades at its end; the last choice scrolls up to stand above the fade. */
const fade = 'pb-6 scroll-pb-8 [mask-image:linear-gradient(to_bottom,#000_calc(100%-1.5rem),transparent)]'
const MOST_SHOWN = 200

function ChoiceList({ label, chosen, choices, onChange }: ListProps) {
  const [text, setText] = useState('')
  const wanted = normalize(text)
  const found = choices.filter(({ label }) => normalizedForms(label).some((form) => form.includes(wanted)))
  // A ticked choice can always be unticked.
  const shown = found.filter(({ value }, index) => index < MOST_SHOWN || chosen.includes(value))
  const long = choices.length >= SEARCHABLE_FROM
  return (
    <>
      {long && (
        <input
          type="text"
          aria-label={`Find in ${label.toLowerCase()}`}
          placeholder="Type to find"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={controlClass}
        />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset does not shrink in a flex container. */}
      <div
        role="group"
        aria-label={label}
        className={`-mx-1 max-h-76 min-h-0 overflow-y-auto overscroll-contain px-1 ${long ? fade : ''}`}
      >
        {shown.map(({ value, label, count }) => (
          <label
            key={value}
            className="flex min-h-8 items-center gap-2.5 rounded-control px-2 hover:bg-sunken has-checked:font-medium has-focus-visible:bg-sunken max-sm:min-h-11"
          >
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              className="size-4 accent-accent"
              onChange={(event) => onChange(value, event.target.checked)}
            />
            <span className="min-w-0 grow wrap-break-word">{label}</span>
            {count !== undefined && <span className="text-sm text-ink-3 tabular-nums">{formatCount(count)}</span>}
          </label>
        ))}
      </div>
      {found.length === 0 && <p className="px-2 text-ink-3">Nothing matches.</p>}
      {found.length > MOST_SHOWN && <p className="px-2 text-sm text-ink-3">Type to find the others.</p>}
    </>
  )
}

export function FilterMenu({ none, className = '', show, onHide, ...list }: FilterMenuProps) {
  const { label, chosen, choices } = list
  const labels = chosen.map((value) => choices.find((choice) => choice.value === value)?.label ?? value)
  const text = labels.join(', ') || none
  return (
    <Popover
      label={`${label}: ${text}`}
      className={`justify-between! font-normal! ${chosen.length > 0 ? 'border-accent! text-accent!' : ''} ${className}`}
      show={show}
      onHide={onHide}
      button={
        <>
          <span className="min-w-0 truncate">{text}</span>
          <Icon name="chevron" className="size-3 rotate-90 text-ink-3" />
        </>
      }
    >
      {() => <ChoiceList {...list} />}
    </Popover>
  )
}
