'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import { formatAbroad, formatCount } from '@/lib/client/format/format'
import { useSignedIn } from './account-context'

/** Some 400 pages: the browser stands still while it lays them out. */
export const MOST_PRINTED = 10_000

function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    // The browser takes the page as it is when the event is over.
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}

interface Paper {
  title: string
  /** What was chosen, and what is missing. */
  about: readonly string[]
  content: ReactNode
}

/** What is printed in place of the screen, made only then. Of several the last one: that of the dialog on top. */
export function Printed({ paper }: { paper: () => Paper }) {
  const { account, operator } = useSignedIn()
  if (!usePrinting()) return null
  const { title, about, content } = paper()
  return createPortal(
    <article className="printed">
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      <p>
        <span>{`Printed ${formatAbroad(new Date().toISOString())} by `}</span>
        {operator !== null && (
          <>
            <bdi translate="no">{operator}</bdi>
            <span>, </span>
          </>
        )}
        <bdi translate="no">{account.name}</bdi>
        <span>{` (${account.id})`}</span>
      </p>
      {about.map((line) => (
        <p key={line} className="wrap-break-word">
          {line}
        </p>
      ))}
      {content}
    </article>,
    document.body,
  )
}

interface PrintedTableProps<Line> {
  headings: readonly string[]
  lines: readonly Line[]
  keyOf: (line: Line) => string
  cells: (line: Line) => readonly ReactNode[]
}

export function PrintedTable<Line>({ headings, lines, keyOf, cells }: PrintedTableProps<Line>) {
  return (
    <>
      {lines.length > MOST_PRINTED && (
        <p className="font-semibold">
          <span>{`Only the first ${formatCount(MOST_PRINTED)} of ${formatCount(lines.length)} rows are printed.`}</span>{' '}
          <span>Export has all of them.</span>
        </p>
      )}
      <table className="mt-4 w-full text-[8pt]/[10pt]">
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col" className="border-b border-control py-1 pr-3 text-left font-semibold">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, MOST_PRINTED).map((line) => (
            <tr key={keyOf(line)} className="break-inside-avoid">
              {cells(line).map((cell, index) => (
                <td
                  key={headings[index]}
                  dir="auto"
                  className="border-b border-line py-0.5 pr-3 align-top wrap-anywhere first:whitespace-nowrap first:tabular-nums"
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
