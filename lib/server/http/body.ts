import 'server-only'
import type * as z from 'zod'
import type { ProblemCode } from '@/lib/domain/problems/codes'
import { turn } from '@/lib/server/process/slices'
import { Problem } from './problem'
import { parseStrictJson } from './strict-json'

export const BODY_LIMIT = 16 * 1024

/** Counts bytes: a chunked body states no length. @throws Problem `body_too_large`, `malformed` or the given code. */
export async function readJsonBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  wrong: ProblemCode | ((issuePath: string) => ProblemCode) = 'malformed',
  limit = BODY_LIMIT,
): Promise<z.infer<Schema>> {
  const text = await readText(request, limit)
  // Several long ones may have come in one turn of the event loop.
  if (text.length > BODY_LIMIT) await turn()
  const value = parseStrictJson(text)
  if (value === undefined) throw new Problem('malformed')
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const path = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new Problem(typeof wrong === 'string' ? wrong : wrong(path))
}

function tooLarge(limit: number): Problem {
  const most = `${Math.floor(limit / 1024).toLocaleString('en')} KB`
  return new Problem('body_too_large', { detail: `The request is larger than ${most}. Nothing was done.` })
}

async function readText(request: Request, limit: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit)
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength
      if (size > limit) throw tooLarge(limit)
      chunks.push(chunk)
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('malformed')
  }
}
