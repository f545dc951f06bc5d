import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { type Page, type Question, Reading, type Verdict } from './judge'

const START = { page: 0, size: 100 }
const page = (keys: string, more: Partial<Page> = {}): Page => ({
  ...{ keys: [...keys], length: keys.length, pageSize: null, number: null, total: null, pages: null, more: null },
  ...more,
})

/** What is said of the last page, where all before it ask for more. */
function judged(pages: readonly Page[], start: Question): Verdict {
  const reading = new Reading(start)
  let verdict: Verdict = { is: 'more', ask: start }
  for (const each of pages) {
    if (verdict.is !== 'more') throw new Error(`Nothing was asked for after ${verdict.is}.`)
    verdict = reading.judge(each, verdict.ask)
  }
  return verdict
}

const whole = { is: 'whole' }
const moved = { is: 'moved' }
const cantTell = (code: string) => ({ is: 'can’t tell', code })
const asksFor = (number: number) => ({ is: 'more', ask: { page: number } })
const long = page('', { keys: Array.from({ length: 101 }, (_, index) => String(index)), length: 101 })
const twenty = 'abcdefghijklmnopqrst'

/** By the rows of docs/vida-api.md, “How a list may be paged”. */
const ROWS: [row: string, pages: Page[], verdict: object, start?: Question][] = [
  ['P1', [page('ab'), page('ab'), page('ab')], { is: 'whole', atOnce: true }],
  ['P2', [page('ab'), page('ab'), page('a')], cantTell('pages_repeat')],
  ['P2', [page(twenty), page(twenty), page('a')], moved, null],
  ['P3', [page('ab', { total: 3 }), page('c', { total: 2 })], moved],
  ['P3', [page('ab', { pages: 3 }), page('cd', { pages: 2 })], moved],
  ['P4', [page('ab'), page('bc')], moved],
  ['P4', [page('ab'), page('cd'), page('ab')], moved],
  ['P5', [page('ab', { total: 3 }), page('cd', { total: 3 })], moved],
  ['P6', [page('')], whole],
  ['P6', [page('ab'), page('')], { is: 'whole', isProof: false }],
  ['P6', [page('ab', { total: 3 }), page('')], cantTell('list_short')],
  ['P6', [page('ab', { more: true }), page('', { more: true })], cantTell('list_short')],
  ['P7', [page('', { length: 2 })], cantTell('unknown_shape')],
  ['P7', [page('ab', { length: 3 }), page('')], cantTell('unknown_shape')],
  ['P8', [page('ab', { total: 2 })], { is: 'whole', atOnce: true }],
  ['P8', [page('ab', { total: 3 }), page('c')], { is: 'whole', atOnce: false, isProof: true }],
  ['P9', [page('ab', { total: 3 }), page('ab')], cantTell('pages_repeat')],
  ['P9', [page('ab', { pageSize: 2 }), page('ab', { pageSize: 2 })], cantTell('pages_repeat')],
  ['P10', [long, long], { is: 'whole', atOnce: true }],
  ['P11', [page('ab'), page('ab')], asksFor(100_000)],
  ['P12', [page('ab', { total: 3 })], asksFor(1)],
  ['P12', [page('ab', { more: true }), page('c', { more: true })], asksFor(2)],
  ['P12', [page('ab', { pages: 2, number: 1 })], asksFor(2), null],
  ['P13', [page('ab', { more: false })], whole],
  ['P13', [page('ab', { pages: 1 })], whole],
  ['P13', [page('ab', { pageSize: 30 })], whole],
  ['P13', [page('ab'), page('c')], whole],
  ['P13', [page('ab')], { is: 'whole', atOnce: true }, null],
  ['P14', [page('ab')], asksFor(1)],
  ['P14', [page('ab', { pageSize: 100 })], asksFor(1)],
  ['P14', [page(twenty)], asksFor(1), null],
  ['P14', [page('ab', { number: 0 })], asksFor(1), null],
]

it.each(ROWS)('an answer is judged by the row %s', (_, pages, verdict, start = START) => {
  expect(judged(pages, start)).toMatchObject(verdict)
})

it('each row of the document has a case here', async () => {
  const document = await readFile('docs/vida-api.md', 'utf8')
  const rows = [...document.matchAll(/^\| (P\d+) \|/gm)].map(([, row]) => row)
  expect(rows).toEqual([...new Set(ROWS.map(([row]) => row))])
})
