import 'server-only'
import { turn } from '@/lib/server/process/slices'
import { VidaFailure } from './failure'
import { AT_ONCE, type Page, type Question, Reading, type Verdict } from './judge'

interface Bounds {
  start: Question
  maxPages: number
  /** How often a list is read that moves meanwhile. */
  tries: number
}

/**
 * Asks until the judge says that a list is whole, and yields each page before it is judged. `ask` gives null where
 * Vida refuses to be asked for pages. @throws VidaFailure where the judge can't tell, and where the list keeps moving
 */
export async function* askOn<P extends Page>(
  ask: (question: Question) => Promise<P | null>,
  { start, maxPages, tries }: Bounds,
): AsyncGenerator<P, Extract<Verdict, { is: 'whole' }>, undefined> {
  let asked = 0
  for (let tried = 1; ; tried++) {
    const reading = new Reading(start)
    let verdict: Verdict = { is: 'more', ask: start }
    while (verdict.is === 'more') {
      if (asked++ === maxPages) throw new VidaFailure('pages_endless', 200)
      const page: P | null = await ask(verdict.ask)
      if (page === null) return AT_ONCE
      yield page
      await turn()
      verdict = reading.judge(page, verdict.ask)
    }
    if (verdict.is === 'whole') return verdict
    if (verdict.is === 'can’t tell') throw new VidaFailure(verdict.code, 200)
    if (tried === tries) throw new VidaFailure('list_changed', 200)
  }
}
