import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { PrintedTable } from './printed'

function printed(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => `+1214${5_550_000 + index}`)
  const keyOf = (line: string) => line
  return renderToStaticMarkup(
    createElement(PrintedTable<string>, { headings: ['Number'], lines, keyOf, cells: (line) => [line] }),
  )
}

it('prints at most 10,000 rows, and says how many there are', () => {
  expect(printed(20)).not.toContain('Only the first')
  const cut = printed(10_001)
  expect(cut.match(/<td/g)).toHaveLength(10_000)
  expect(cut.includes('Only the first 10,000 of 10,001 rows are printed.')).toBe(true)
})
