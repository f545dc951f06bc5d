'use client'

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { controlClass } from '@/components/ui/field'
import { MOVES } from '@/components/ui/menu'
import { useDebounced } from '@/components/ui/use-debounced'
import { plural } from '@/lib/client/format/format'
import type { Entry } from './entries'
import { OptionList, optionId } from './option-list'
import { useGoal } from './use-goal'
import { useGroups } from './use-groups'

/** The most characters that a search of History takes. */
const LONGEST = 200
const QUIET_MS = 700

interface PaletteProps {
  /** What the search begins with, and whether its first result is chosen at once. */
  typed: { text: string; entered: boolean }
  onClose: () => void
}

/** One field that finds numbers, customers, agents, receipts, batches and actions; the arrow keys move, Enter chooses. */
export default function Palette({ typed, onClose }: PaletteProps) {
  const [text, setText] = useState(typed.text)
  const [focused, setFocused] = useState(false)
  const [pointed, setPointed] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const chosen = useRef<Entry | null>(null)
  const listId = useId()
  const { groups, note, ready } = useGroups(text.trim())
  const pursue = useGoal()
  const entries = groups.flatMap((group) => group.entries)
  const active = entries.find(({ id }) => id === pointed) ?? entries[0]
  const nothing = entries.length === 0 && note === ''
  const count = nothing ? 'Nothing matches.' : plural(entries.length, 'result')
  const said = useDebounced(text === '' ? '' : count, QUIET_MS, '')

  const choose = (entry: Entry) => {
    chosen.current = entry
    onClose()
  }
  useEffect(() => {
    // A dialog that closes before it had the focus tells nothing of its end.
    if (!typed.entered || !focused || !ready || !active || text !== typed.text || chosen.current) return
    chosen.current = active
    onClose()
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, nativeEvent, altKey, ctrlKey, metaKey } = event
    if (nativeEvent.isComposing || altKey || ctrlKey || metaKey || !active) return
    if (key === 'Enter') {
      event.preventDefault()
      if (!event.repeat) choose(active)
      return
    }
    const next = entries[MOVES[key]?.(entries.indexOf(active), entries.length - 1) ?? -1]
    if (!next || event.shiftKey) return
    event.preventDefault()
    setPointed(next.id)
    document.getElementById(optionId(listId, next))?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Search everything"
      firstFocus={field}
      // The focus is back by then, for a confirmation to return it to the same place.
      onClosed={() => {
        if (chosen.current) pursue(chosen.current.goal)
      }}
    >
      <div className="px-5 pt-2 pb-3">
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label="Search everything"
          aria-expanded={entries.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active && optionId(listId, active)}
          placeholder="Number, name, id or action"
          autoComplete="off"
          spellCheck={false}
          maxLength={LONGEST}
          value={text}
          onFocus={() => setFocused(true)}
          onChange={(event) => {
            setText(event.target.value)
            setPointed(null)
            list.current?.scrollTo(0, 0)
          }}
          onKeyDown={onKeyDown}
          className={controlClass}
        />
      </div>
      {/* The same height whatever is found, so that nothing moves while a person types. */}
      <div className="flex h-96 min-h-0 shrink flex-col border-t border-line px-3 py-2 max-sm:h-[65dvh]">
        <OptionList
          ref={list}
          id={listId}
          groups={groups}
          active={active}
          onPoint={({ id }) => setPointed(id)}
          onChoose={choose}
        />
        {nothing && <p className="px-2 py-1 text-ink-3">Nothing matches.</p>}
        {note && <p className="px-2 py-1 text-sm text-ink-3">{note}</p>}
      </div>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </Dialog>
  )
}
