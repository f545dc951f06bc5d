import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const asvs = readFileSync('docs/asvs.md', 'utf8')
const security = readFileSync('docs/security.md', 'utf8')

const ROW = /^\| (\d+\.\d+\.\d+) \| ([123]) \| .+ \| (met|deviation|n\/a) \| (.+) \|$/
const rows = asvs.split('\n').flatMap((line) => {
  const [, id = '', level = '', status = '', where = ''] = ROW.exec(line) ?? []
  return id === '' ? [] : [{ id, level, status, where }]
})

const NAMED_FILE = /`((?:e2e|lib|app|components|deploy|docs)\/[^`]+|[A-Z]+\.md|[\w.-]+\.json)`/g

it('the table of OWASP ASVS 5.0.0 has each requirement of level 1 and 2 once', () => {
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  const count = (wanted: string) => rows.filter(({ level }) => level === wanted).length
  expect([count('1'), count('2')]).toEqual([70, 183])
})

it('what is met names a file, a command or a section that shows it', () => {
  const shown = /`(?:[\w.-]+\/|[\w.-]+\.json|npm run )|\]\(|^as \d/
  expect(rows.filter(({ status, where }) => status === 'met' && !shown.test(where))).toEqual([])
})

it('every file and section that the security documents name exists', () => {
  for (const [, file = ''] of `${asvs}${security}`.matchAll(NAMED_FILE)) expect(existsSync(file), file).toBe(true)
  const headings = (text: string) =>
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    )
  const links = [
    ...[...asvs.matchAll(/\]\((security\.md)?#([\w-]+)\)/g)].map(
      (found) => [found[1] ? security : asvs, found[2]] as const,
    ),
    ...[...security.matchAll(/\]\((asvs\.md)?#([\w-]+)\)/g)].map(
      (found) => [found[1] ? asvs : security, found[2]] as const,
    ),
  ]
  expect(links.length).toBeGreaterThan(10)
  for (const [text, anchor] of links) expect(headings(text), anchor).toContain(anchor)
})
