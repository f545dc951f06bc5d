'use client'

import { useState } from 'react'
import { storeWord } from '@/lib/client/storage/cookie'
import { THEME_COOKIE, THEMES, type Theme, themeOf } from './theme'

const LABELS: Record<Theme, string> = { light: 'Light', dark: 'Dark', system: 'System' }

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  storeWord(THEME_COOKIE, theme)
}

export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(() => themeOf(document.documentElement.dataset.theme))
  const choose = (next: Theme) => {
    setTheme(next)
    applyTheme(next)
  }
  return (
    <fieldset className="grid gap-1.5 px-1 pb-1">
      <legend className="pb-1.5 text-sm text-ink-3">Theme</legend>
      <div className="grid grid-cols-3 gap-1 rounded-control bg-sunken p-1">
        {THEMES.map((each) => (
          <label
            key={each}
            className="grid min-h-7 place-items-center rounded px-2 text-sm text-ink-2 has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent max-sm:min-h-11 forced-colors:has-checked:outline-1"
          >
            <input
              type="radio"
              name="theme"
              value={each}
              checked={theme === each}
              onChange={() => choose(each)}
              className="sr-only"
            />
            <span>{LABELS[each]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
