/** Of the key that the secret stands for. */
const LEAST_BITS = 128

/** 32 random bytes in base64 are a few bits short of it now and then; nothing that a person makes up comes near. */
const LEAST_IN_BASE64 = 100
const BASE64 = /^[\w+/-]{43}=?$/

/** In words of a language a letter carries about two bits, also when the words are drawn by chance. */
const WORD_BITS = 2

/** Keys of a US keyboard; those that touch each other differ by at most one in row and place. */
const ROWS = ['`1234567890-=', ' qwertyuiop[]\\', " asdfghjkl;'", ' zxcvbnm,./']
const SHIFTED = ['~!@#$%^&*()_+', ' QWERTYUIOP{}|', ' ASDFGHJKL:"', ' ZXCVBNM<>?']
const KEYS = new Map(
  [ROWS, SHIFTED].flatMap((rows) => rows.flatMap((row, y) => [...row].map((key, x) => [key, { x, y }] as const))),
)
KEYS.delete(' ')

const HOW = '32 random bytes, comma-separated, newest first; make one with: openssl rand -base64 32'

/** What is wrong with the secrets as a rule that names none of them; null: nothing. */
export function weaknessOf(secrets: readonly string[]): string | null {
  if (secrets.some((secret) => secret.length < 32)) return `${HOW} (each needs at least 32 characters)`
  if (new Set(secrets).size < secrets.length) return `${HOW} (the same secret is listed twice)`
  if (secrets.some((secret) => estimateBits(secret) < (BASE64.test(secret) ? LEAST_IN_BASE64 : LEAST_BITS))) {
    return `${HOW} (words, repeated or few different characters can be guessed)`
  }
  return null
}

/** Length × the characters seen, where what repeats, counts, runs along the keyboard or spells a word is worth less. */
export function estimateBits(secret: string): number {
  const each = Math.log2(new Set(secret).size)
  const inWord = secret.replace(/[a-z]{4,}|[A-Z]{4,}/g, (word) => '\0'.repeat(word.length))
  let bits = 0
  for (let at = 0; at < secret.length; ) {
    const repeated = repeatedAt(secret.toLowerCase(), at)
    bits += Math.min(each, inWord[at] === '\0' ? WORD_BITS : each, isExpected(secret, at) ? 1 : each)
    at += Math.max(1, repeated)
  }
  return bits
}

/** It counts up or down, or goes on along the keyboard in one direction, also in turns of two. */
function isExpected(secret: string, at: number): boolean {
  const step = secret.charCodeAt(at) - secret.charCodeAt(at - 1)
  if (Math.abs(step) < 2) return true
  const move = moveAt(secret, at)
  const around = [at - 2, at - 1, at + 1, at + 2].filter((other) => moveAt(secret, other) === move)
  return move !== null && around.length >= 2
}

/** From the key before to one that touches it; null: they do not touch. */
function moveAt(secret: string, at: number): string | null {
  const [key, last] = [KEYS.get(secret.charAt(at)), KEYS.get(secret.charAt(at - 1))]
  if (!key || !last) return null
  const [x, y] = [key.x - last.x, key.y - last.y]
  return Math.abs(x) < 2 && Math.abs(y) < 2 ? `${x} ${y}` : null
}

/** How many characters from there on, at least three, stood before. */
function repeatedAt(text: string, at: number): number {
  let length = 2
  while (at + length < text.length && text.indexOf(text.slice(at, at + length + 1)) < at) length += 1
  return length > 2 ? length : 0
}
