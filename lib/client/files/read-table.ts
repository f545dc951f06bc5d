import type { Table } from '@/lib/domain/batches/table'
import type { TableAnswer } from './table.worker'
import type { TableProblem } from './table-problem'

/** Bytes of a file. */
const LARGEST = 5_000_000

/** A file that makes the worker compute for longer is given up, ms. */
const LONGEST = 30_000

const WORDS: Record<TableProblem | 'too_large' | 'too_slow' | 'not_loaded', string> = {
  unreadable: 'It is neither a CSV nor an XLSX file, or it is damaged.',
  open_quote: 'A quotation mark in it is never closed, so it is not clear where its cells end.',
  too_many_rows: 'It has more than 10,000 rows. Divide it.',
  too_much: 'It is too large when it is unpacked. Keep only the sheet with the numbers.',
  no_rows: 'It is empty. Of a workbook, the first sheet is read.',
  too_large: 'It is larger than 5 MB. Keep only the column with the numbers.',
  too_slow: 'Reading it takes too long. Keep only the column with the numbers.',
  not_loaded: 'The part of this app that reads files could not be loaded. Reload the page, or paste the numbers.',
}

export interface ReadTable {
  table: Table
  /** The one that has the numbers, it seems; from 0. */
  column: number
  /** What the columns are called; none where there is but one. */
  names: readonly string[]
}

function failure(name: string, problem: keyof typeof WORDS): Error {
  return new Error(`${name} can’t be read. ${WORDS[problem]}`)
}

function inWorker(name: string, input: ArrayBuffer | string): Promise<ReadTable> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./table.worker.ts', import.meta.url))
    const timer = setTimeout(() => end(() => reject(failure(name, 'too_slow'))), LONGEST)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      worker.terminate()
      settle()
    }
    worker.onerror = () => end(() => reject(failure(name, 'not_loaded')))
    worker.onmessage = ({ data }: MessageEvent<TableAnswer>) =>
      end(() => ('problem' in data ? reject(failure(name, data.problem)) : resolve(data)))
    worker.postMessage(input, typeof input === 'string' ? [] : [input])
  })
}

/** The rows of a CSV or XLSX file. @throws Error with words for the person */
export async function readFile(file: File): Promise<ReadTable> {
  if (file.size > LARGEST) throw failure(file.name, 'too_large')
  return inWorker(file.name, await file.arrayBuffer())
}

/** A pasted text: a table where it has tabs, otherwise one cell a line. @throws Error with words for the person */
export async function readText(text: string): Promise<ReadTable> {
  if (text.includes('\t')) return inWorker('The text', text)
  return { table: text.split(/\r\n|[\r\n]/).map((line) => [line]), column: 0, names: [] }
}
