import { createParser, debounce, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs'
import { isDay } from '@/lib/client/queries/returns'
import { RECORD_OUTCOMES } from '@/lib/domain/returns/record'

const push = { history: 'push' } as const
/** What no date field can show filters nothing. */
const day = createParser({ parse: (text) => (isDay(text) ? text : null), serialize: String })
  .withDefault('')
  .withOptions(push)

/** The whole view of History as its address holds it. `from` and `to` are days, `receipt` the one that is open. */
export const historyParams = {
  q: parseAsString.withDefault('').withOptions({ limitUrlUpdates: debounce(300) }),
  outcome: parseAsArrayOf(parseAsStringLiteral(RECORD_OUTCOMES)).withDefault([]).withOptions(push),
  from: day,
  to: day,
  receipt: parseAsString.withOptions(push),
  /** The batch whose recap is open. */
  batch: parseAsString.withOptions(push),
}
