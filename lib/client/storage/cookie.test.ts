import { expect, it, vi } from 'vitest'
import { storeWord } from './cookie'

it('writes a cookie for this host alone over https, and one of a plain name over http', () => {
  const written = (protocol: string) => {
    const document = { cookie: '' }
    vi.stubGlobal('document', document)
    vi.stubGlobal('location', { protocol })
    storeWord('theme', 'dark')
    return document.cookie
  }
  expect(written('https:')).toBe('__Host-theme=dark; Path=/; Max-Age=31536000; SameSite=Lax; Secure')
  expect(written('http:')).toBe('theme=dark; Path=/; Max-Age=31536000; SameSite=Lax')
  vi.unstubAllGlobals()
})
