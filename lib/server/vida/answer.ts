import 'server-only'
import { type Masking, messageOf } from './envelope'
import { parseJson } from './fields'
import { parseLarge, type Turn } from './large-answer'
import type { Answer } from './transport'

/** Bytes; to parse a larger one would keep other requests waiting. */
const LARGE = 256 * 1024

/** Shorter tokens are not real, and masking them would break words such as `true`. */
const MASKED_IN_JSON_FROM = 8

/** An answer's JSON, the token masked; undefined: no JSON. @throws VidaFailure, AbortError */
export async function parseAnswer({ body }: Answer, { token, mask }: Masking, turn: Turn): Promise<unknown> {
  const isMasked = token.length >= MASKED_IN_JSON_FROM
  if (body.length > LARGE) return parseLarge({ body, token: isMasked ? token : '' }, turn)
  const text = new TextDecoder().decode(body)
  return parseJson(isMasked ? mask(text) : text)
}

/** Vida's sentence in an answer that is no success; one that is large is none. */
export function errorMessageOf({ body }: Answer, masking: Masking): string | null {
  return body.length > LARGE ? null : messageOf(parseJson(new TextDecoder().decode(body)), masking)
}
