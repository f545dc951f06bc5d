import 'server-only'
import { couldBe } from '@/lib/server/phone/could-be'
import type { NumberList } from '@/lib/server/vida/client'
import { VidaFailure } from '@/lib/server/vida/failure'

/** The second of two readings must be as the first; a batch may be returning other numbers of the account. */
const MOST_READINGS = 3

export function lists(numbers: readonly { number: string }[], number: string): boolean {
  return numbers.some((held) => held.number === number)
}

/**
 * An account's list that proves whether it holds `number` (E.164): no entry that can't be read may stand for it, and
 * a list in pages without a total that lacks it must come the same twice in a row. @throws VidaFailure
 */
export async function readProof(read: () => Promise<NumberList>, number: string): Promise<NumberList> {
  let last = checked(await read(), number)
  for (let readings = 1; !lists(last.numbers, number) && !last.isProof; readings++) {
    if (readings === MOST_READINGS) throw new VidaFailure('list_changed', 200)
    const next = checked(await read(), number)
    if (isSame(last, next)) return next
    last = next
  }
  return last
}

/** An odd entry without digits stands for any number, except for one that is listed by itself. */
function checked(list: NumberList, number: string): NumberList {
  const isListed = lists(list.numbers, number)
  const mayBeOdd = list.odd.some(({ digits }) => (digits === null ? !isListed : couldBe(digits, number)))
  if (mayBeOdd) throw new VidaFailure('entry_unreadable', 200)
  return list
}

function isSame(one: NumberList, other: NumberList): boolean {
  const keys = ({ numbers, odd }: NumberList) => [
    ...numbers.map((each) => each.number).toSorted(),
    ...odd.map(({ quote }) => quote).toSorted(),
  ]
  return JSON.stringify(keys(one)) === JSON.stringify(keys(other))
}
