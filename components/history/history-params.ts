import { createParser, debounce, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs'
import { isDay } from '@/lib/client/queries/returns'
import { RECORD_OUTCOMES } from '@/lib/domain/returns/record'

const push = { history: 'push' } as const
/** An invalid day filters nothing. */
const day = createParser({ parse: (text) => (isDay(text) ? text : null), serialize: String })
  .withDefault('')
  .withOptions(push)

export const historyParams = {
  q: parseAsString.withDefault('').withOptions({ limitUrlUpdates: debounce(300) }),
  outcome: parseAsArrayOf(parseAsStringLiteral(RECORD_OUTCOMES)).withDefault([]).withOptions(push),
  person: parseAsString.withDefault('').withOptions(push),
  reason: parseAsString.withDefault('').withOptions(push),
  from: day,
  to: day,
  receipt: parseAsString.withOptions(push),
  batch: parseAsString.withOptions(push),
}
