import { existsSync, readFileSync, writeFileSync } from 'node:fs'
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

const BY_HAND = '<!-- by hand -->'

/** Writes the sections that ran into docs/benchmarks.md; the others and what is written by hand stay as they are. */
export function writeReport(file: string, finished: readonly Finished[], all: readonly Section[]): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const before = earlier(text)
  const [, byHand = ''] = text.split(BY_HAND)
  const parts = all.flatMap(({ name }) => {
    const now = finished.find(({ section }) => section.name === name)
    const section = now ? markdown(now) : before.get(name)
    return section ? [`<!-- ${name} -->\n${section}\n<!-- /${name} -->`] : []
  })
  const head = `# Benchmarks

Written by \`npm run bench\` (\`npm run bench -- --only ${all.map(({ name }) => name).join(',')}\` for some sections). The app, a Vida sandbox and
the measuring process share the cores of one machine. Targets are those of the specification; a note says by how much one was missed.
`
  writeFileSync(file, `${head}\n${parts.join('\n\n')}\n\n${BY_HAND}${byHand}`)
}

function earlier(report: string): Map<string, string> {
  const found = report.matchAll(/<!-- (\S+) -->\n([\s\S]*?)\n<!-- \/\1 -->/g)
  return new Map([...found].map(([, name, text]) => [name ?? '', text ?? '']))
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
