import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import * as z from 'zod'

const FORBIDDEN: readonly [file: string, imported: string][] = [
  ['components/numbers/a.ts', '@/lib/server/vida/client'],
  ['components/new-folder/b.ts', '@/lib/server/vida/client'],
  ['components/c.ts', '../lib/server/vida/client'],
  ['lib/client/new-folder/d.ts', '@/lib/server/vida/client'],
  ['lib/client/e.ts', '@/lib/server/vida/client'],
  ['lib/client/fetch/f.test.ts', '../../server/vida/client'],
  ['lib/domain/new-folder/g.ts', '@/lib/server/vida/client'],
  ['lib/domain/csv/h.ts', '@/lib/domain/returns/record'],
  ['lib/server/new-folder/i.ts', '@/components/ui/dialog'],
  ['lib/server/j.ts', '@/components/ui/dialog'],
  ['lib/server/process/k.ts', '../vida/client'],
  ['lib/server/config/l.ts', '../ledger/send'],
  ['lib/server/http/m.ts', '../vida/client'],
  ['lib/server/vida/n.ts', '@/lib/server/session/current'],
  ['lib/server/ledger/o.test.ts', '@/components/ui/dialog'],
  ['app/p.ts', '@/lib/server/vida/client'],
  ['e2e/vida-sandbox/q.ts', '../../lib/server/vida/client'],
]

const ALLOWED: readonly [file: string, imported: string][] = [
  ['components/numbers/r.ts', '@/components/ui/dialog'],
  ['lib/client/queries/s.ts', '@/lib/domain/accounts/account'],
  ['lib/server/returns/t.ts', '@/lib/server/vida/client'],
  ['lib/server/u.ts', '@/lib/server/vida/client'],
  ['lib/server/config/v.ts', '../process/log'],
]

const report = z.object({ diagnostics: z.array(z.object({ location: z.object({ path: z.string() }) })) })

it('an import that crosses a boundary is a lint error, also in a folder that boundaries.json does not list yet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'boundaries-'))
  try {
    const config = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync('biome.json', 'utf8')))
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }))
    cpSync('boundaries.json', join(folder, 'boundaries.json'))
    for (const [file, imported] of [...FORBIDDEN, ...ALLOWED]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), `import '${imported}'\n`)
    }
    const biome = resolve('node_modules/.bin/biome')
    const args = ['lint', '--only=style/noRestrictedImports', '--reporter=json', '--max-diagnostics=none']
    const { status, stdout } = spawnSync(biome, args, { cwd: folder, encoding: 'utf8' })
    expect(status).toBe(1)
    const reported = report.parse(JSON.parse(stdout)).diagnostics.map(({ location }) => location.path)
    expect(reported.sort()).toEqual(FORBIDDEN.map(([file]) => file).sort())
  } finally {
    rmSync(folder, { recursive: true })
  }
})
