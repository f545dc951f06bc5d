import { parentPort } from 'node:worker_threads'
import { cut, type Pieces } from './pieces.ts'
import { tokenMask } from './token-mask.ts'

export interface LargeAnswer {
  body: Uint8Array<ArrayBuffer>
  /** To be masked in its text; empty: nothing is. */
  token: string
}

/** `not_json`; `too_large` to be given back in pieces. */
export type LargeAnswerCut = Pieces | 'not_json' | 'too_large'

function cutAnswer({ body, token }: LargeAnswer): LargeAnswerCut {
  let value: unknown
  try {
    value = JSON.parse(tokenMask(token)(new TextDecoder().decode(body)))
  } catch {
    return 'not_json'
  }
  try {
    return cut(value) ?? 'too_large'
  } catch {
    // Nested too deeply to be written.
    return 'too_large'
  }
}

parentPort?.on('message', (answer: LargeAnswer) => parentPort?.postMessage(cutAnswer(answer)))
