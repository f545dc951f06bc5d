const UNSEEN = /[\s\u00ad\u200b-\u200f\u2060\ufeff]/

/** Without what a page or a mail puts around a token unseen (spaces, U+200B, U+200E, U+00AD); within, it stays. */
export function pastedToken(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && UNSEEN.test(text.charAt(start))) start += 1
  while (end > start && UNSEEN.test(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}
