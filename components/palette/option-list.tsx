'use client'

import type { Ref } from 'react'
import { Kbd } from '@/components/ui/kbd'
import type { Entry, Group } from './entries'

interface OptionListProps {
  ref: Ref<HTMLDivElement>
  id: string
  groups: readonly Group[]
  active: Entry | undefined
  onPoint: (entry: Entry) => void
  onChoose: (entry: Entry) => void
}

function Option({
  entry,
  id,
  active,
  onPoint,
  onChoose,
}: Omit<OptionListProps, 'ref' | 'groups' | 'active'> & { entry: Entry; active: boolean }) {
  const { label, detail, isData, keys } = entry
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field chooses it
    <div
      id={id}
      role="option"
      aria-selected={active}
      onPointerMove={() => onPoint(entry)}
      onClick={() => onChoose(entry)}
      className="flex min-h-9 scroll-mt-8 items-baseline gap-x-2 rounded-control px-2 py-1.5 aria-selected:bg-sunken max-sm:min-h-11 max-sm:flex-wrap max-sm:content-center forced-colors:aria-selected:outline-2"
    >
      <span
        translate={isData ? 'no' : undefined}
        className={`min-w-0 truncate font-medium tabular-nums ${detail ? 'sm:max-w-[60%] sm:shrink-0' : 'grow'}`}
      >
        {label}
      </span>
      {detail && (
        <span
          translate={isData ? 'no' : undefined}
          className="min-w-0 grow truncate text-sm text-ink-3 max-sm:basis-full"
        >
          {detail}
        </span>
      )}
      {keys.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </div>
  )
}

export function optionId(listId: string, entry: Entry): string {
  return `${listId} ${entry.id}`.replaceAll(' ', '_')
}

export function OptionList({ ref, id, groups, active, onPoint, onChoose }: OptionListProps) {
  return (
    <div ref={ref} id={id} role="listbox" aria-label="Results" className="min-h-0 overflow-y-auto overscroll-contain">
      {groups.map(({ label, entries }) => (
        // biome-ignore lint/a11y/useSemanticElements: options are no form, which is what a fieldset groups
        <div key={label} role="group" aria-label={label} className="pb-2">
          <p aria-hidden="true" className="px-2 pt-1 pb-0.5 text-xs font-medium text-ink-3">
            {label}
          </p>
          {entries.map((entry) => (
            <Option
              key={entry.id}
              id={optionId(id, entry)}
              entry={entry}
              active={entry === active}
              onPoint={onPoint}
              onChoose={onChoose}
            />
          ))}
        </div>
      ))}
    </div>
  )
}
