import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { TOKEN } from '@/lib/server/vida/testing/server'
import { tokenMask } from './token-mask'

describe('tokenMask', () => {
  const forms = (token: string) => [
    token,
    encodeURIComponent(token),
    encodeURIComponent(token).replace(/%../g, (pair) => pair.toLowerCase()),
    encodeURIComponent(encodeURIComponent(token)),
    new URLSearchParams({ token }).toString().slice('token='.length).replaceAll('+', '%20'),
    JSON.stringify(token).slice(1, -1),
    token.replaceAll('/', '\\/').replace(/["\\](?!\/)/g, '\\$&'),
    [...token]
      .map((char) => (char <= '\u007f' ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char))
      .join(''),
  ]

  it('masks the token raw, URL-encoded once and twice, in base64 and base64url', () => {
    const mask = tokenMask(TOKEN)
    for (const form of forms(TOKEN)) expect(mask(`?token=${form}&x`)).toBe('?token=[•••]&x')
    for (const before of ['', 'a', 'ab', 'abc']) {
      for (const code of ['base64', 'base64url'] as const) {
        const text = Buffer.from(`${before}${TOKEN}:tail`).toString(code)
        const masked = mask(text)
        expect(masked).toContain('[•••]')
        expect(Buffer.from(masked.replace('[•••]', ''), code).toString()).not.toContain('anary')
      }
    }
  })

  it('masks it in JSON text that escapes slashes and quotes, and leaves JSON behind', () => {
    const token = 'c4n4ry+/="<%x'
    const escapes: ((json: string) => string)[] = [
      (json) => json,
      (json) => json.replaceAll('/', '\\/'),
      (json) => json.replaceAll('<', '\\u003C').replaceAll('/', '\\u002f'),
    ]
    for (const written of escapes) {
      const text = written(JSON.stringify({ name: `a ${token} b`, code: Buffer.from(token).toString('base64') }))
      expect(JSON.parse(tokenMask(token)(text)).name).toBe('a [•••] b')
      expect(JSON.parse(tokenMask(token)(text)).code).toMatch(/^\[•••\].?=*$/)
    }
  })

  it('masks the longest token that a session takes in a large text', () => {
    const token = '/+%"x'.repeat(500)
    const text = `${'/+%"'.repeat(100_000)}${token}${'<'.repeat(1_000_000)}`
    expect(tokenMask(token)(text)).not.toContain(token)
  })

  it('makes no pattern of the token, as that takes long', () => {
    const patterns: string[] = []
    vi.stubGlobal(
      'RegExp',
      class extends RegExp {
        constructor(pattern: string | RegExp, flags?: string) {
          super(pattern, flags)
          patterns.push(this.source)
        }
      },
    )
    expect(tokenMask(TOKEN)(`Bad token ${TOKEN}`)).toBe('Bad token [•••]')
    vi.unstubAllGlobals()
    expect(patterns).toEqual([])
  })

  it('masks the rest of a text in which the token nearly begins everywhere, as to look on would take long', () => {
    const near = `${'a'.repeat(2_499)}b`
    expect(tokenMask('a'.repeat(2_500))(`Bad token: ${near.repeat(20)}`)).toMatch(/^Bad token: a*\[•••\]$/)
  })

  it('masks the beginning of a token at the end of a text that was cut', () => {
    const mask = tokenMask(TOKEN)
    for (const form of forms(TOKEN)) {
      for (let length = 1; length < form.length; length++) {
        expect(mask(`x ${form.slice(0, length)}`, true)).toBe('x [•••]')
        expect(mask(`x ${form.slice(0, length)}`)).toBe(`x ${form.slice(0, length)}`)
      }
    }
  })

  it('leaves other text alone and lets no form of any token through', () => {
    expect(tokenMask(TOKEN)('Number not found.')).toBe('Number not found.')
    expect(tokenMask('')('abc')).toBe('abc')
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 60 }), fc.string(), fc.string(), (token, before, after) => {
        fc.pre(!'[•••]'.includes(token) && /[a-z]/i.test(token))
        for (const form of forms(token.toWellFormed()))
          expect(tokenMask(token)(`${before}${form}${after}`)).not.toContain(form)
      }),
    )
  })
})
