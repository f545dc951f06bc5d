/** Node runs this file as it is on another thread, so it imports nothing of the app's. */
const MASK = '[•••]'

/** The token in a text replaced. `isCut`: the text goes on, so its end may be the beginning of a token. */
export type TokenMask = (text: string, isCut?: boolean) => string

/** For each character what may stand for it, itself first; hexadecimal digits in lower case. */
type Needle = readonly (readonly string[])[]

const PERCENT = 0x25
const BACKSLASH = 0x5c

/** Itself, percent-encoded once or twice, or as JSON may escape it (`\/`, `\u003c`). */
function formsOf(char: string): string[] {
  const bytes = [...Buffer.from(char)].map((byte) => byte.toString(16).padStart(2, '0'))
  const units = char.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'))
  return [
    char,
    ...(/["\\/]/.test(char) ? [`\\${char}`] : []),
    bytes.map((byte) => `%${byte}`).join(''),
    bytes.map((byte) => `%25${byte}`).join(''),
    units.map((unit) => `\\u${unit}`).join(''),
  ]
}

const BASE64_FORMS: Readonly<Record<string, readonly string[]>> = { '+': ['+', '-'], '/': ['/', '\\/', '_'] }

/** The parts that do not depend on where in a longer text the token begins. */
function base64Needles(token: string): Needle[] {
  const bytes = Buffer.from(token)
  return [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const inner = text.slice(offset === 0 ? 0 : offset + 1, (offset + bytes.length) % 3 === 0 ? undefined : -1)
    return inner.length < 8 ? [] : [inner.split('').map((char) => BASE64_FORMS[char] ?? [char])]
  })
}

function needlesOf(token: string): Needle[] {
  const forms = new Map([...new Set(token)].map((char) => [char, formsOf(char)]))
  return [[...token].map((char) => forms.get(char) ?? [char]), ...base64Needles(token)]
}

/** Where the form that begins at `start` ends; null: it is not there. */
function endOfForm(text: string, start: number, form: string, isCut: boolean): number | null {
  for (let index = 0; index < form.length; index++) {
    if (start + index >= text.length) return isCut ? text.length : null
    const code = text.charCodeAt(start + index)
    const isUpperHex = form.length > 1 && code >= 0x41 && code <= 0x46
    if ((isUpperHex ? code + 0x20 : code) !== form.charCodeAt(index)) return null
  }
  return start + form.length
}

/** How much may be compared for a character of a text; most texts need a tenth. */
const MOST_STEPS = 4

const NONE: readonly number[] = []

class Search {
  readonly #text: string
  readonly #isCut: boolean
  #stepsLeft: number

  constructor(text: string, isCut: boolean, tokenLength: number) {
    this.#text = text
    this.#isCut = isCut
    this.#stepsLeft = MOST_STEPS * (text.length + tokenLength)
  }

  longestEnd(needles: readonly Needle[], start: number): number | null {
    let longest: number | null = null
    for (const needle of needles) {
      const end = this.endOf(needle, start)
      if (end !== null && (longest === null || end > longest)) longest = end
    }
    return longest
  }

  /** Null: the needle is not there. The text's end after too many steps, so that all the rest counts as a token. */
  endOf(needle: Needle, start: number): number | null {
    let at = start
    for (let index = 0; ; ) {
      const plain = this.#plainLength(needle, index, at)
      index += plain
      at += plain
      if (this.#stepsLeft < 0) return this.#text.length
      const forms = needle[index]
      if (!forms) return at
      if (!this.#mayStand(forms, at)) return null
      // Several where the token itself holds `%` or `\`, which may stand for itself or begin an encoded character.
      let ends: readonly number[] = [at]
      do ends = this.#endsOf(ends, needle[index++] ?? [])
      while (ends.length > 1 && index < needle.length)
      if (ends.length === 0) return null
      at = Math.max(...ends)
    }
  }

  /** How many of the needle's characters from `index` on stand there as themselves, where nothing else can. */
  #plainLength(needle: Needle, index: number, at: number): number {
    let length = 0
    for (; at + length < this.#text.length; length += 1) {
      const code = this.#text.charCodeAt(at + length)
      if (code === PERCENT || code === BACKSLASH || this.#text[at + length] !== needle[index + length]?.[0]) break
    }
    this.#stepsLeft -= length
    return length
  }

  /** Asked before anything is made: scans spend most of their memory here otherwise. */
  #mayStand(forms: readonly string[], at: number): boolean {
    if (at >= this.#text.length) return this.#isCut
    const code = this.#text.charCodeAt(at)
    for (let index = 0; index < forms.length; index += 1) if (forms[index]?.charCodeAt(0) === code) return true
    return false
  }

  #endsOf(ends: readonly number[], forms: readonly string[]): readonly number[] {
    let next: Set<number> | null = null
    for (const end of ends) {
      for (const form of forms) {
        const formEnd = endOfForm(this.#text, end, form, this.#isCut)
        if (formEnd === null) continue
        next ??= new Set()
        next.add(formEnd)
      }
    }
    if (next === null) return NONE
    this.#stepsLeft -= MOST_STEPS * next.size
    return [...next]
  }
}

/** By code: 0 where no form of a needle begins with this ASCII character. */
function startsOf(needles: readonly Needle[]): Uint8Array {
  const starts = new Uint8Array(128)
  for (const [forms = []] of needles) for (const form of forms) starts[form.charCodeAt(0)] = 1
  return starts
}

/**
 * Masks the token as it is, URL-encoded (also twice), escaped as in JSON, and in base64 and base64url: an error page may
 * quote its URL. Takes linear time; no pattern is made, as that takes 100 ms for a long token.
 */
export function tokenMask(token: string): TokenMask {
  if (token === '') return (text) => text
  let made: { needles: Needle[]; starts: Uint8Array } | null = null
  return (text, isCut = false) => {
    if (!made) {
      const needles = needlesOf(token)
      made = { needles, starts: startsOf(needles) }
    }
    const { needles, starts } = made
    const search = new Search(text, isCut, token.length)
    let masked = ''
    let from = 0
    for (let at = 0; at < text.length; at += 1) {
      if (starts[text.charCodeAt(at)] === 0) continue
      const end = search.longestEnd(needles, at)
      if (end === null) continue
      masked += text.slice(from, at) + MASK
      from = end
      at = end - 1
    }
    return masked + text.slice(from)
  }
}
