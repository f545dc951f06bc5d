import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')

type Colour = [red: number, green: number, blue: number]

/** The colours of one theme, by their roles. */
function roles(theme: 'light' | 'dark'): Record<string, string> {
  const body = css.split(':root {')[1]?.split('\n}')[0] ?? ''
  const pair = /^light-dark\((#\w+), (#\w+)\)$/
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value = '']) => {
      const [, light = value, dark = value] = pair.exec(value) ?? []
      return [name, theme === 'light' ? light : dark]
    }),
  )
}

function colour(hex: string | undefined): Colour {
  const digits = /^#([0-9a-f]{6})$/.exec(hex ?? '')?.[1]
  if (!digits) throw new Error(`${hex} is not written as #rrggbb`)
  const at = (index: number) => Number.parseInt(digits.slice(index, index + 2), 16)
  return [at(0), at(2), at(4)]
}

/** Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(rgb: Colour): number {
  const linear = (value: number) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }
  const [red, green, blue] = rgb
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function contrast(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** `share` of `over`, the rest `under`: what `opacity` makes of a colour. */
function blend(over: Colour, under: Colour, share: number): Colour {
  const mix = (index: 0 | 1 | 2) => over[index] * share + under[index] * (1 - share)
  return [mix(0), mix(1), mix(2)]
}

const GROUNDS = ['canvas', 'surface', 'sunken']

/** Text, and the grounds on which it is written anywhere (4.5:1). */
const TEXT: [role: string, grounds: string[]][] = [
  ['ink', [...GROUNDS, 'warn-soft', 'accent-soft']],
  ['ink-2', [...GROUNDS, 'warn-soft', 'accent-soft']],
  ['ink-3', [...GROUNDS, 'accent-soft']],
  ['accent', [...GROUNDS, 'accent-soft']],
  ['accent-ink', ['accent']],
  ['danger-ink', ['danger']],
  ['danger-text', [...GROUNDS, 'accent-soft']],
  ['warn', [...GROUNDS, 'warn-soft']],
]

/** Edges, the focus ring, shapes and icons, and what lies beside them (3:1). */
const SHAPES: [role: string, grounds: string[]][] = [
  ['control', GROUNDS],
  ['accent', [...GROUNDS, 'warn-soft', 'accent-soft']],
  ['danger', GROUNDS],
  ['danger-text', GROUNDS],
  ['ink-3', [...GROUNDS, 'warn-soft']],
  ['warn', [...GROUNDS, 'warn-soft']],
]

function failures(theme: Record<string, string>, pairs: typeof TEXT, least: number): string[] {
  return pairs.flatMap(([role, grounds]) =>
    grounds.flatMap((ground) => {
      const ratio = contrast(colour(theme[role]), colour(theme[ground]))
      return ratio < least ? [`${role} on ${ground}: ${ratio.toFixed(2)}`] : []
    }),
  )
}

const THEMES = { light: roles('light'), dark: roles('dark') }

describe.each(Object.entries(THEMES))('the colours of the %s theme', (_name, theme) => {
  it('keep 4.5:1 between text and every ground it is written on', () => {
    expect(failures(theme, TEXT, 4.5)).toEqual([])
  })

  it('keep 3:1 between edges, focus ring and shapes and what lies beside them', () => {
    expect(failures(theme, SHAPES, 3)).toEqual([])
  })

  it('keep 4.5:1 on filled buttons that fade under the pointer', () => {
    for (const variant of ['accent', 'danger']) {
      for (const ground of GROUNDS.map((each) => colour(theme[each]))) {
        const faded = (role: string) => blend(colour(theme[role]), ground, 0.9)
        expect(contrast(faded(`${variant}-ink`), faded(variant)), variant).toBeGreaterThanOrEqual(4.5)
      }
    }
  })
})

it('the dark theme has colours of its own', () => {
  expect(THEMES.dark.ink).not.toBe(THEMES.light.ink)
})
