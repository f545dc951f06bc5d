'use client'

import { type ComponentProps, type KeyboardEvent, useEffect, useRef } from 'react'
import { Button } from './button'
import { Popover } from './popover'

interface MenuItem {
  label: string
  act: () => void
}

interface MenuProps extends Pick<ComponentProps<typeof Popover>, 'label' | 'button' | 'variant' | 'className'> {
  items: readonly MenuItem[]
}

export const MOVES: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => (at === last ? 0 : at + 1),
  ArrowUp: (at, last) => (at === 0 ? last : at - 1),
  Home: () => 0,
  End: (_at, last) => last,
}

function MenuItems({ label, items, close }: Pick<MenuProps, 'label' | 'items'> & { close: () => void }) {
  const menu = useRef<HTMLDivElement>(null)
  const entries = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
  useEffect(() => {
    const panel = menu.current?.closest('[popover]')
    const focusFirst = () => menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    if (panel?.matches(':popover-open')) return focusFirst()
    // Nothing in the panel can have the focus before it is open.
    panel?.addEventListener('toggle', focusFirst, { once: true })
    return () => panel?.removeEventListener('toggle', focusFirst)
  }, [])
  const move = (event: KeyboardEvent) => {
    const to = MOVES[event.key]
    if (!to) return
    event.preventDefault()
    const all = entries()
    const at = all.findIndex((entry) => entry.matches(':focus'))
    all[to(at, all.length - 1)]?.focus()
  }
  return (
    <div ref={menu} role="menu" aria-label={label} onKeyDown={move} className="grid" tabIndex={-1}>
      {items.map((item) => (
        <Button
          key={item.label}
          role="menuitem"
          tabIndex={-1}
          variant="ghost"
          className="justify-start!"
          onClick={() => {
            // First closes the menu, so that a dialog returns the focus to the menu's button.
            close()
            item.act()
          }}
        >
          {item.label}
        </Button>
      ))}
    </div>
  )
}

/** Rare actions behind one button. The arrow keys move among them. */
export function Menu({ items, ...popover }: MenuProps) {
  return (
    <Popover {...popover} hasPopup="menu">
      {(close) => <MenuItems label={popover.label} items={items} close={close} />}
    </Popover>
  )
}
