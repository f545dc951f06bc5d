import { parentPort } from 'node:worker_threads'
import { cut, type Pieces } from './pieces.ts'

export interface LargeAnswer {
  body: Uint8Array
  /** What to mask in its text, and by what. */
  pattern: RegExp | null
  mask: string
}

/** `not_json`; `too_large` to be given back in pieces. */
export type LargeAnswerCut = Pieces | 'not_json' | 'too_large'

function cutAnswer({ body, pattern, mask }: LargeAnswer): LargeAnswerCut {
  const text = new TextDecoder().decode(body)
  let value: unknown
  try {
    value = JSON.parse(pattern ? text.replace(pattern, mask) : text)
  } catch {
    return 'not_json'
  }
  return cut(value) ?? 'too_large'
}

parentPort?.on('message', (answer: LargeAnswer) => parentPort?.postMessage(cutAnswer(answer)))
