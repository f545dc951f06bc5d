import { ApiProblem, NoAnswer, send } from '@/lib/client/fetch/api'
import { linesOf } from '@/lib/client/fetch/lines'
import { shaped } from '@/lib/client/fetch/shape'
import type { UseEvent } from '@/lib/domain/use/events'

const isEvent = shaped<UseEvent>('type')
const CUT_OFF = 'The app’s answer was cut off. Try again.'

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new NoAnswer(CUT_OFF)
  }
}

/** The events of `POST /api/use` as they come, the last one `done`. @throws ApiProblem, or NoAnswer if the stream breaks */
export async function* readUses(accountIds: readonly string[], signal: AbortSignal): AsyncGenerator<UseEvent> {
  const { body } = await send('/api/use', { method: 'POST', onlyReads: true, body: { accountIds }, signal })
  let ended = false
  for await (const line of body ? linesOf(body, 'The app stopped sending.') : []) {
    const event = parseLine(line)
    if (!isEvent(event)) continue
    if (event.type === 'problem' && event.code === 'signed_out') throw new ApiProblem(401, 'signed_out', event.detail)
    ended = event.type === 'done'
    yield event
  }
  if (!ended) throw new NoAnswer(CUT_OFF)
}
