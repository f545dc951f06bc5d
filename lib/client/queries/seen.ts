import { queryOptions } from '@tanstack/react-query'
import { request } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { SeenIn } from '@/lib/domain/inventory/events'

interface SeenAnswer {
  number: string
  accounts: SeenIn[]
}

/** In which accounts a number (E.164) was seen, and since when. `reading`: a new one reads it again. */
export function seenQuery(number: string, reading: string) {
  return queryOptions({
    queryKey: ['seen', number, reading],
    queryFn: ({ signal }) =>
      request(`/api/inventory/seen?number=${encodeURIComponent(number)}`, shaped<SeenAnswer>('number', 'accounts'), {
        signal,
      }),
  })
}
