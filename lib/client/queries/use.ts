import { type QueryKey, queryOptions } from '@tanstack/react-query'
import { ApiProblem, isRefusal, NoAnswer, request, send } from '@/lib/client/fetch/api'
import { linesOf } from '@/lib/client/fetch/lines'
import { shaped } from '@/lib/client/fetch/shape'
import type { UseEvent } from '@/lib/domain/use/events'
import type { AccountUse, NumberUse } from '@/lib/domain/use/use'

const isNumberUse = shaped<NumberUse>(
  'number',
  'accountId',
  'basis',
  'lastUsedAt',
  'lastKind',
  'calls30',
  'texts30',
  'coveredSince',
  'readAt',
)

/** The uses that were read of a number (E.164), whatever its account. */
export const usesOfNumberKey = (number: string): QueryKey => ['use', number]

/** When a number was last used. */
export function numberUseQuery(number: string, accountId: string) {
  return queryOptions({
    queryKey: [...usesOfNumberKey(number), accountId],
    // Without the signal: what the confirmation began to read goes on after it is closed, for the held row.
    queryFn: () => request(`/api/numbers/use?${new URLSearchParams({ number, accountId })}`, isNumberUse),
    staleTime: 60_000,
    retry: (count, error) => count < 1 && !isRefusal(error),
  })
}

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

export type UsesByAccount = ReadonlyMap<string, AccountUse>

/** How often what has come is drawn while more comes, ms. */
const DRAWN_EVERY_MS = 300

/** The uses of these accounts, which grow while they are read; reading stops when nobody shows them any more. */
export function accountUsesQuery(accountIds: readonly string[]) {
  return queryOptions({
    queryKey: ['batch-uses', accountIds],
    queryFn: async ({ client, signal, queryKey }): Promise<UsesByAccount> => {
      const uses = new Map<string, AccountUse>()
      let drawn = 0
      for await (const event of readUses(accountIds, signal)) {
        if (event.type !== 'use') continue
        uses.set(event.accountId, event)
        if (Date.now() - drawn < DRAWN_EVERY_MS) continue
        drawn = Date.now()
        client.setQueryData<UsesByAccount>(queryKey, new Map(uses))
      }
      return uses
    },
    staleTime: 60_000,
    structuralSharing: false,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}
