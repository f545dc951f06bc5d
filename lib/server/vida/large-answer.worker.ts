import { parentPort } from 'node:worker_threads'
import { cut, type Pieces } from './pieces.ts'
import { tokenMask } from './token-mask.ts'

export interface LargeAnswer {
  body: Uint8Array
  /** To be masked in its text; empty: nothing is. */
  token: string
}

/** `not_json`; `too_large` to be given back in pieces. */
export type LargeAnswerCut = Pieces | 'not_json' | 'too_large'

function cutAnswer({ body, token }: LargeAnswer): LargeAnswerCut {
  const text = new TextDecoder().decode(body)
  let value: unknown
  try {
    value = JSON.parse(tokenMask(token)(text))
  } catch {
    return 'not_json'
  }
  return cut(value) ?? 'too_large'
}

parentPort?.on('message', (answer: LargeAnswer) => parentPort?.postMessage(cutAnswer(answer)))
