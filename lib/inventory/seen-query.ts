import { queryOptions } from '@tanstack/react-query'
import type { SeenIn } from '@/lib/domain/inventory/events'
import { request } from '../http/api'
import { shaped } from '../http/shape'

interface SeenAnswer {
  number: string
  accounts: SeenIn[]
}

/** In which accounts a number (E.164) is seen, and since when. `reading`: what it is asked anew for. */
export function seenQuery(number: string, reading: string) {
  return queryOptions({
    queryKey: ['seen', number, reading],
    queryFn: ({ signal }) =>
      request(`/api/inventory/seen?number=${encodeURIComponent(number)}`, shaped<SeenAnswer>('number', 'accounts'), {
        signal,
      }),
  })
}
