import { readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'

export interface Row {
  measure: string
  /** As it is printed: with its unit, as a ratio where it can be one. */
  figure: string
  target: string
  /** null: there is no target, the figure is for information. */
  met: boolean | null
  /** By how much a target was missed and why, or what the figure needs to be understood. */
  note?: string
}

export interface Section {
  /** What `--only` calls it. */
  name: string
  title: string
  /** How it was measured, in a sentence or two. */
  how: string
  run: () => Promise<Row[]>
}

export interface Finished {
  section: Section
  rows: Row[]
}

/** A figure that must not be larger than its target. */
export function atMost(measure: string, value: number, most: number, unit: string, note?: string): Row {
  const met = value <= most
  const missed = met ? '' : `Missed by ${format(value - most)} ${unit}.`
  const words = [missed, note ?? ''].filter(Boolean).join(' ')
  const row = { measure, figure: `${format(value)} ${unit}`.trim(), target: `≤ ${format(most)} ${unit}`.trim(), met }
  return words ? { ...row, note: words } : row
}

/** A score of 100 at the most that must not be lower than its target. */
export function atLeast(measure: string, score: number, least: number, note: string): Row {
  const met = score >= least
  const words = [met ? '' : `Missed by ${format(least - score)}.`, note].filter(Boolean).join(' ')
  const row = { measure, figure: format(score), target: `≥ ${least}`, met }
  return words ? { ...row, note: words } : row
}

function format(value: number): string {
  return Math.abs(value) >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(2)
}

function mark({ met }: Row): string {
  return met === null ? '–' : met ? 'met' : 'missed'
}

export function printSection({ section, rows }: Finished): void {
  const widths = [62, 22, 16]
  const lines = rows.map((row) => {
    const cells = [row.measure, row.figure, row.target].map((cell, index) => cell.padEnd(widths[index] ?? 0))
    return `${cells.join(' ')} ${mark(row)}${row.note ? `\n    ${row.note}` : ''}`
  })
  process.stdout.write(`\n${section.title}\n${lines.join('\n')}\n`)
}

/** Writes the sections that ran into docs/benchmarks.md; the others stay as an earlier run left them. */
export function writeReport(file: string, finished: readonly Finished[], all: readonly Section[]): void {
  const before = earlier(file)
  const parts = all.flatMap(({ name }) => {
    const now = finished.find(({ section }) => section.name === name)
    const text = now ? markdown(now) : before.get(name)
    return text ? [`<!-- ${name} -->\n${text}\n<!-- /${name} -->`] : []
  })
  const head = `# Benchmarks

Written by \`npm run bench\` (\`npm run bench -- --only ${all.map(({ name }) => name).join(',')}\` for a choice). Everything runs on one machine: the app, a
Vida sandbox, and whoever measures share its cores. Targets are those of the specification and do not move; “missed” says by how much and why.
`
  writeFileSync(file, `${head}\n${parts.join('\n\n')}\n`)
}

function earlier(file: string): Map<string, string> {
  try {
    const found = readFileSync(file, 'utf8').matchAll(/<!-- (\S+) -->\n([\s\S]*?)\n<!-- \/\1 -->/g)
    return new Map([...found].map(([, name, text]) => [name ?? '', text ?? '']))
  } catch {
    return new Map()
  }
}

function markdown({ section, rows }: Finished): string {
  const table = rows.map((row) => {
    const note = row.note?.replaceAll('|', '\\|') ?? ''
    return `| ${row.measure} | ${row.figure} | ${row.target} | ${mark(row)} | ${note} |`
  })
  const date = new Date().toISOString().slice(0, 10)
  return `## ${section.title}\n\n${section.how}\n\n${machine()}, ${date}.\n\n| measure | figure | target | | note |\n| --- | --- | --- | --- | --- |\n${table.join('\n')}`
}

export function machine(): string {
  const memory = Math.round(os.totalmem() / 2 ** 30)
  const model = os.cpus()[0]?.model.trim() || 'unnamed processor'
  return `${os.availableParallelism()} cores (${model}), ${memory} GB, ${os.type()} ${os.release()}, Node ${process.versions.node}`
}
