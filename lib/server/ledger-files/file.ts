import 'server-only'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, unlink } from 'node:fs/promises'
import * as z from 'zod'
import { CommandError } from '@/lib/server/process/command-error'
import { LEDGER_TABLES } from './ledger-tables'

const cell = z.union([z.string(), z.number(), z.null()])
const rowSchema = z.object({
  table: z.enum(LEDGER_TABLES.map(({ name }) => name)),
  row: z.record(z.string(), cell),
})
const headSchema = z.strictObject({ ledger: z.literal(1), migration: z.string(), exportedAt: z.iso.datetime() })
const footSchema = z.strictObject({ rows: z.number().int(), sha256: z.string() })

export type Row = z.infer<typeof rowSchema>['row']
export type Head = z.infer<typeof headSchema>
export type TableRow = z.infer<typeof rowSchema>

/** Characters: a row of the ledger has a few hundred. */
const LONGEST_LINE = 1_000_000

/** Writes head, rows and checksum, each a line. The file must be new; without its last line it is worth nothing. */
export async function writeLedgerFile(
  path: string,
  head: Head,
  rows: AsyncIterable<readonly TableRow[]>,
): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`${path} cannot be made (${error.code}).`)
  })
  try {
    const hash = createHash('sha256')
    const write = async (lines: readonly unknown[]) => {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
      hash.update(text)
      await file.appendFile(text)
    }
    await write([head])
    let count = 0
    for await (const page of rows) {
      await write(page)
      count += page.length
    }
    await write([{ rows: count, sha256: hash.copy().digest('hex') }])
    await file.sync()
    await file.close()
  } catch (error) {
    await file.close()
    await unlink(path)
    throw error
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  const stream = createReadStream(path, 'utf8')
  try {
    for await (const chunk of stream) {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > LONGEST_LINE) throw damaged(path)
      yield* lines
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw new CommandError(`${path} cannot be read.`)
    throw error
  }
  if (rest !== '') throw damaged(path)
}

const damaged = (path: string) =>
  new CommandError(`${path} is not a whole export of a ledger: it was cut off or changed. Nothing was imported.`)

function parse<Schema extends z.ZodType>(path: string, schema: Schema, line: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(line))
  } catch {
    throw damaged(path)
  }
}

/** Reads the whole file, and keeps nothing of it. @throws CommandError if it is damaged */
export async function checkLedgerFile(path: string): Promise<Head> {
  const hash = createHash('sha256')
  let head: Head | null = null
  let last = ''
  let rows = -1
  for await (const line of linesOf(path)) {
    if (head === null) head = parse(path, headSchema, line)
    else {
      hash.update(`${last}\n`)
      rows += 1
    }
    last = line
  }
  const foot = parse(path, footSchema, last)
  if (head === null || foot.rows !== rows || foot.sha256 !== hash.digest('hex')) throw damaged(path)
  return head
}

/** The rows of a file that was checked, in pieces of one table. */
export async function* rowsOfLedgerFile(path: string, most: number) {
  let piece: TableRow[] = []
  let previous: string | null = null
  for await (const line of linesOf(path)) {
    const row = previous ? parse(path, rowSchema, previous) : null
    if (row) {
      if (piece.length === most || (piece[0] && piece[0].table !== row.table)) {
        yield piece
        piece = []
      }
      piece.push(row)
    }
    // The first line is the head, the last one the foot: a line is a row once another one follows.
    previous = previous === null ? '' : line
  }
  if (piece.length > 0) yield piece
}
