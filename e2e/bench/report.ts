import { readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'

export interface Row {
  measure: string
  figure: string
  target: string
  met: boolean | null
  note: string
}

export interface Section {
  name: string
  title: string
  how: string
  run: () => Promise<Row[]>
}

export interface Finished {
  section: Section
  rows: Row[]
}

export function atMost(measure: string, value: number, most: number, unit: string, note = ''): Row {
  const met = value <= most
  const missed = met ? '' : `Missed by ${format(value - most)} ${unit}. `
  const [figure, target] = [`${format(value)} ${unit}`.trim(), `≤ ${format(most)} ${unit}`.trim()]
  return { measure, figure, target, met, note: missed + note }
}

export function atLeast(measure: string, score: number, least: number, note: string): Row {
  const met = score >= least
  const missed = met ? '' : `Missed by ${format(least - score)}. `
  return { measure, figure: format(score), target: `≥ ${least}`, met, note: missed + note }
}

export function info(measure: string, figure: string, note: string): Row {
  return { measure, figure, target: '', met: null, note }
}

function format(value: number): string {
  return Math.abs(value) >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(2)
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

Written by \`npm run bench\` (\`npm run bench -- --only ${all.map(({ name }) => name).join(',')}\` for some sections). The app, a Vida sandbox and
the measuring process share the cores of one machine. Targets are those of the specification; a note says by how much one was missed.
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

export function markdown({ section, rows }: Finished): string {
  const table = rows.map((row) => {
    const note = row.note.replaceAll('|', '\\|')
    return `| ${row.measure} | ${row.figure} | ${row.target} | ${row.met === null ? '–' : row.met ? 'met' : 'missed'} | ${note} |`
  })
  const date = new Date().toISOString().slice(0, 10)
  return `## ${section.title}\n\n${section.how}\n\n${machine()}, ${date}.\n\n| measure | figure | target | | note |\n| --- | --- | --- | --- | --- |\n${table.join('\n')}`
}

function machine(): string {
  const memory = Math.round(os.totalmem() / 2 ** 30)
  const model = os.cpus()[0]?.model.trim() || 'unnamed processor'
  return `${os.availableParallelism()} cores (${model}), ${memory} GB, ${os.type()} ${os.release()}, Node ${process.versions.node}`
}
