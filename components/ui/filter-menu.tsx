'use client'

import { type ComponentProps, useState } from 'react'
import { formatCount } from '@/lib/client/format/format'
import { normalize, normalizedForms } from '@/lib/domain/text/normalize'
import { Button } from './button'
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
  /** How many can be ticked; none: all. */
  most?: number
  onChange: (values: string[]) => void
}

interface FilterMenuProps extends ListProps, Pick<ComponentProps<typeof Popover>, 'className' | 'show' | 'onHide'> {
  /** What the button says when nothing is ticked. */
  none: string
}

const SEARCHABLE_FROM = 8
/** A long list fades at its end; the last choice scrolls up to stand above the fade. */
const fade = 'pb-6 scroll-pb-8 [mask-image:linear-gradient(to_bottom,#000_calc(100%-1.5rem),transparent)]'
const MOST_SHOWN = 200
/** So many ticked values the button names. */
const MOST_NAMED = 3

function ChoiceList({ label, chosen, choices, most = choices.length, onChange }: ListProps) {
  const [text, setText] = useState('')
  const [before] = useState(chosen)
  const wanted = normalize(text)
  const long = choices.length >= SEARCHABLE_FROM
  const full = chosen.length >= most
  // What was ticked is at hand in a long list, and stays in its place when it is unticked.
  const wasTicked = ({ value }: Choice) => Number(long && before.includes(value))
  const inOrder = choices.toSorted((a, b) => wasTicked(b) - wasTicked(a))
  const found = inOrder.filter(({ label }) => normalizedForms(label).some((form) => form.includes(wanted)))
  // A ticked choice can always be unticked.
  const shown = found.filter(({ value }, index) => index < MOST_SHOWN || chosen.includes(value))
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
              disabled={full && !chosen.includes(value)}
              className="size-4 accent-accent"
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value))
              }
            />
            <span className="min-w-0 grow wrap-break-word">{label}</span>
            {count !== undefined && <span className="text-sm text-ink-3 tabular-nums">{formatCount(count)}</span>}
          </label>
        ))}
      </div>
      {found.length === 0 && <p className="px-2 text-ink-3">Nothing matches.</p>}
      {found.length > MOST_SHOWN && <p className="px-2 text-sm text-ink-3">Type to find the others.</p>}
      {full && most < choices.length && <p className="px-2 text-sm text-ink-3">{`At most ${most} at once.`}</p>}
      <Button
        variant="ghost"
        aria-label={`Clear ${label.toLowerCase()}`}
        className="justify-start! px-2!"
        blocked={chosen.length === 0}
        onClick={() => onChange([])}
      >
        Clear
      </Button>
    </>
  )
}

export function FilterMenu({ none, className = '', show, onHide, ...list }: FilterMenuProps) {
  const { label, chosen, choices } = list
  const labels = chosen.map((value) => choices.find((choice) => choice.value === value)?.label ?? value)
  const named = labels.slice(0, MOST_NAMED).join(', ') || none
  const text = labels.length > MOST_NAMED ? `${named} and ${labels.length - MOST_NAMED} more` : named
  return (
    <Popover
      label={`${label}: ${text}`}
      className={`justify-between! font-normal! ${chosen.length > 0 ? 'border-accent! text-accent!' : ''} ${className}`}
      show={show}
      onHide={onHide}
      button={
        <>
          <span className="min-w-0 truncate">{text}</span>
          {/* No text: it is no part of the button's name, which has the values themselves. */}
          {chosen.length > 1 && (
            <span
              data-count={chosen.length}
              className="rounded-full bg-accent-soft px-1.5 text-xs font-medium tabular-nums before:content-[attr(data-count)]"
            />
          )}
          <Icon name="chevron" className="size-3 rotate-90 text-ink-3" />
        </>
      }
    >
      {() => <ChoiceList {...list} />}
    </Popover>
  )
}
