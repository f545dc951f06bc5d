import { cookieName } from '@/lib/domain/session/cookie-name'

const YEAR = 31_536_000

/** Stores a word that the server reads with `storedWord`, so that its first HTML has it. */
export function storeWord(name: string, word: string): void {
  const https = location.protocol === 'https:'
  const cookie = `${cookieName(name, { https })}=${word}; Path=/; Max-Age=${YEAR}; SameSite=Lax`
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
  document.cookie = https ? `${cookie}; Secure` : cookie
}
