import { columnNames, findColumn } from '@/lib/domain/batches/table'
import { BadTable, parseFile, parsePasted } from './parse-table'
import type { TableProblem } from './table-problem'

export type TableAnswer = { table: string[][]; column: number; names: string[] } | { problem: TableProblem }

async function read(input: ArrayBuffer | string): Promise<TableAnswer> {
  try {
    const table = typeof input === 'string' ? parsePasted(input) : await parseFile(new Uint8Array(input))
    const column = findColumn(table)
    return { table, column, names: columnNames(table, column) }
  } catch (error) {
    return { problem: error instanceof BadTable ? error.problem : 'unreadable' }
  }
}

addEventListener('message', async ({ data }: MessageEvent<ArrayBuffer | string>) => {
  postMessage(await read(data))
})
